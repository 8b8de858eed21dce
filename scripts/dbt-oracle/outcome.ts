import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Ended } from './invocation.ts'
import type { TableContent } from './read-tables.ts'

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

/** What a command left in its target folder, and in the warehouse. */
export function readOutcome(ended: Ended, target: string, tables: readonly TableContent[]): Outcome {
  const read = (name: string): JsonDocument | undefined => {
    const path = join(target, name)
    return existsSync(path) ? document.parse(JSON.parse(readFileSync(path, 'utf8'))) : undefined
  }
  const results = read('run_results.json')
  return {
    ...ended,
    manifest: read('manifest.json'),
    results: results && runResults.parse(results).results,
    catalog: read('catalog.json'),
    sources: read('sources.json'),
    tables,
  }
}
