import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import type { DiffOptions } from '../../diff/diff-sides.ts'
import { readTolerance } from '../../diff/read-tolerance.ts'
import type { Tolerances } from '../../diff/tolerance.ts'
import { ProjectErrors } from '../../errors/project-errors.ts'
import { Intake } from '../../project/intake.ts'
import { type GoldenFile, goldenFile } from '../../project/schema/golden-file.ts'
import { validate } from '../../project/validate.ts'

export const GOLDEN_FOLDER = 'golden'
const DATA = /\.(?:csv|tsv|json|ndjson|jsonl|parquet)(?:\.gz|\.zst)?$/i

/** A dataset that is kept, and how what was built is compared with it. */
export interface GoldenDataset {
  /** Of the node, or the table: the file's without its ending. */
  readonly name: string
  /** As it is reached from here. */
  readonly file: string
  readonly options: Pick<DiffOptions, 'key' | 'ignored' | 'tolerances'>
}

/** The golden datasets of a project, by name. Throws ProjectErrors for mistakes in what says how they are compared. */
export function goldenDatasets(root: string): readonly GoldenDataset[] {
  const folder = join(root, GOLDEN_FOLDER)
  if (!existsSync(folder)) return []
  const intake = new Intake()
  const found = readdirSync(folder)
    .filter((file) => DATA.test(file))
    .toSorted()
    .map((file) => {
      const name = basename(file).replace(DATA, '')
      return {
        name,
        file: relative(process.cwd(), join(folder, file)),
        options: optionsOf(settingsOf(root, name, intake)),
      }
    })
  if (intake.diagnostics.hasErrors) throw new ProjectErrors(intake.diagnostics.all())
  return found
}

function settingsOf(root: string, name: string, intake: Intake): GoldenFile {
  const path = join(root, GOLDEN_FOLDER, `${name}.yml`)
  if (!existsSync(path)) return {}
  const file = relative(root, path)
  const document = intake.yaml(file, readFileSync(path, 'utf8'), 'core')
  return validate(goldenFile, { intake, file, written: document, document: document ?? {} }) ?? {}
}

function optionsOf({ key, ignore, tolerance }: GoldenFile): GoldenDataset['options'] {
  const list = (given: string | readonly string[] = []) => [given].flat()
  return { key: list(key), ignored: list(ignore), tolerances: tolerancesOf(tolerance) }
}

function tolerancesOf(given: GoldenFile['tolerance']): Tolerances {
  if (given === undefined) return {}
  const byColumn = typeof given === 'object' ? given : { '*': given }
  return Object.fromEntries(
    Object.entries(byColumn).map(([column, written]) => [
      column,
      readTolerance(String(written)) ?? { amount: 0 },
    ]),
  )
}
