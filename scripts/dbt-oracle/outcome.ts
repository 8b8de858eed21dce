import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Ended } from './invocation.ts'
import { type Fleeting, readTables, type TableContent } from './read-tables.ts'

const runResult = z.looseObject({
  unique_id: z.string(),
  status: z.string(),
  message: z.string().nullish(),
  failures: z.number().nullish(),
  compiled_code: z.string().nullish(),
  relation_name: z.string().nullish(),
})
const runResults = z.looseObject({ results: z.array(runResult) })
const document = z.record(z.string(), z.unknown())

export type RunResult = z.infer<typeof runResult>
export type JsonDocument = Readonly<Record<string, unknown>>

/** What one command left behind. */
export interface Outcome extends Ended {
  readonly manifest: JsonDocument | undefined
  /** In the order they are told. Undefined when the command wrote none. */
  readonly results: readonly RunResult[] | undefined
  readonly catalog: JsonDocument | undefined
  readonly sources: JsonDocument | undefined
  readonly tables: readonly TableContent[]
}

/** Where a command leaves what it does. */
export interface Places {
  readonly folder: string
  readonly target: string
  readonly warehouse: string
}

/** Reads what a command left, but for what differs from run to run. */
export async function readOutcome(
  ended: Ended,
  { folder, target, warehouse }: Places,
  fleeting: Fleeting,
): Promise<Outcome> {
  const read = (name: string): JsonDocument | undefined => {
    const path = join(folder, target, name)
    return existsSync(path) ? document.parse(JSON.parse(readFileSync(path, 'utf8'))) : undefined
  }
  const results = read('run_results.json')
  return {
    ...ended,
    manifest: read('manifest.json'),
    results: results && runResults.parse(results).results,
    catalog: read('catalog.json'),
    sources: read('sources.json'),
    tables: await readTables(warehouse, folder, fleeting),
  }
}
