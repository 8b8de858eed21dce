import { readdir, stat } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import { expandGlob } from '../connectors/files/expand-glob.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import { documentKind } from '../formats/document-kind.ts'

/** Files that the platform reads, by their endings. */
const READABLE =
  /\.(?:csv|tsv|tab|json|ndjson|jsonl|parquet|avro|orc|xlsx|xlsm|xml)(?:\.(?:gz|gzip|zst|zstd))?$/i
/** Files of programs rather than of data. */
const OF_PROGRAMS = /^(?:package(?:-lock)?|tsconfig.*|biome|composer|deno|jsconfig|\..*)\.json$/i

export interface FoundFiles {
  /** Absolute, each once, in order. */
  readonly files: readonly string[]
  /** What was named or matched and is not of a kind that can be read; as a person would call it. */
  readonly passedOver: readonly string[]
}

/**
 * The files that arguments mean: paths, globs and folders (all data files below them). Throws WW4001 for an argument that
 * leads to nothing.
 */
export async function findFiles(cwd: string, args: readonly string[]): Promise<FoundFiles> {
  const files = new Set<string>()
  const passedOver = new Set<string>()
  for (const argument of args) {
    const found = await expand(cwd, argument)
    if (found.length === 0) {
      throw new WaterworksError('WW4001', {
        message: `no file is or matches ${argument}`,
        hint: 'Name files, folders or globs, relative to where you are.',
      })
    }
    for (const file of found) {
      if (READABLE.test(file) || documentKind(file) !== undefined) files.add(file)
      else passedOver.add(relative(cwd, file))
    }
  }
  return { files: [...files], passedOver: [...passedOver] }
}

/**
 * Data files of a folder itself and of its `data`, for proposing them. Documents and pictures are not proposed: every folder has
 * some that are no data.
 */
export async function likelyFiles(folder: string): Promise<readonly string[]> {
  const here = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const own = here
    .filter((entry) => entry.isFile() && READABLE.test(entry.name) && !OF_PROGRAMS.test(entry.name))
    .map((entry) => join(folder, entry.name))
  return [
    ...own.toSorted(),
    ...(await below(join(folder, 'data'), (name) => READABLE.test(name)).catch(() => [])),
  ]
}

async function expand(cwd: string, argument: string): Promise<readonly string[]> {
  const path = resolve(cwd, argument)
  const found = await stat(path).catch(() => undefined)
  if (found?.isDirectory())
    return below(path, (name) => READABLE.test(name) || documentKind(name) !== undefined)
  const matched = await expandGlob(cwd, argument)
  return matched.map(({ file }) => file)
}

async function below(folder: string, isWanted: (name: string) => boolean): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  return entries
    .filter((entry) => entry.isFile() && isWanted(entry.name) && !OF_PROGRAMS.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (file) =>
        !relative(folder, file)
          .split(sep)
          .some((part) => part.startsWith('.') || part === 'node_modules'),
    )
    .toSorted()
}
