import { basename, dirname, relative, sep } from 'node:path'
import { expandGlob } from '../connectors/files/expand-glob.ts'
import { documentKind } from '../formats/document-kind.ts'
import { distinctNames, plainName } from './snake-case.ts'

/** Files that fill one table. */
export interface FileGroup {
  readonly table: string
  /** Absolute, in order. */
  readonly files: readonly string[]
  /** As the pipeline names them, relative to the project folder. */
  readonly paths: readonly string[]
}

/** Figures that tell deliveries apart: those that stand alone, and dates wherever they stand (not the 2 of `v2`). */
const FIGURES = /(?<![\p{L}\d])\d+(?![\p{L}\d])(?:[-_.]\d+(?![\p{L}\d]))*|(?<!\d)\d{4,}(?:[-_.]?\d+)*(?!\d)/gu
const ENDING = /(?:\.[a-z0-9]+)(?:\.(?:gz|gzip|zst|zstd))?$/i
/** So that raw_<source>_<table> and the names made of it are names on every engine. */
const LONGEST_TABLE = 28

/**
 * Puts files together that only differ by figures in their names (`orders_2024-01.csv`, `orders_2024-02.csv`): they are
 * deliveries of one table. Of documents, pictures, sounds and films all of a folder go together. `layout` tells what a file's columns are, as a text; files of different layouts stay apart.
 */
export async function groupFiles(
  files: readonly string[],
  root: string,
  layout: (file: string) => Promise<string>,
): Promise<readonly FileGroup[]> {
  const groups = new Map<string, string[]>()
  for (const file of files) {
    const family = join(dirname(file), basename(file).replace(FIGURES, '#'))
    const alone = !family.includes('#')
    const document = documentKind(file)
    const key =
      document !== undefined
        ? `${dirname(file)}\n${document}`
        : alone
          ? file
          : `${family}\n${await layout(file)}`
    groups.set(key, [...(groups.get(key) ?? []), file])
  }
  const lists = [...groups.values()]
  const names = distinctNames(lists.map(tableName), LONGEST_TABLE)
  return Promise.all(
    lists.map(async (list, index) => ({
      table: names[index]!,
      files: list,
      paths: await pathsOf(list, root),
    })),
  )
}

function join(folder: string, name: string): string {
  return `${folder}${sep}${name}`
}

/** What the files' names have in common, without the figures when there are several. */
function tableName(files: readonly string[]): string {
  const [first] = files
  if (files.length > 1 && documentKind(first!) !== undefined) {
    return plainName(basename(dirname(first!)), 'documents', LONGEST_TABLE)
  }
  const name = basename(first!).replace(ENDING, '')
  return plainName(files.length > 1 ? name.replace(FIGURES, '') : name, 'data', LONGEST_TABLE)
}

async function pathsOf(files: readonly string[], root: string): Promise<readonly string[]> {
  const paths = files.map((file) => relative(root, file).replaceAll(sep, '/'))
  if (files.length === 1) return paths
  const glob = paths[0]!.replace(/[^/]*$/, (name) =>
    documentKind(name) === undefined ? name.replace(FIGURES, '*') : anyOf(paths),
  )
  const matched = await expandGlob(root, glob)
  const same = matched.length === files.length && matched.every(({ file }) => files.includes(file))
  return same ? [glob] : paths
}

/** Every name with the endings of these: `*.pdf`, `*.{jpg,png}`. */
function anyOf(paths: readonly string[]): string {
  const endings = [...new Set(paths.map((path) => path.slice(path.lastIndexOf('.') + 1)))].toSorted()
  return endings.length === 1 ? `*.${endings[0]}` : `*.{${endings.join(',')}}`
}
