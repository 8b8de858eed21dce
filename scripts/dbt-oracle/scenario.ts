import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { z } from 'zod'

const words = z.union([z.string().transform((text) => text.split(/\s+/)), z.array(z.string())])

const step = z.strictObject({
  /** The command, without the program's name. */
  run: words,
  /** Files written before it, by path; null removes one. */
  write: z.record(z.string(), z.string().nullable()).default({}),
  env: z.record(z.string(), z.string()).default({}),
  /** How dbt ends. */
  exit: z.number().default(0),
  /** How many nodes end with each status in dbt. */
  results: z.record(z.string(), z.number()).optional(),
  /** Words in what dbt prints. */
  says: z.string().optional(),
  /** Copies target/ to this folder afterwards, for `--state`. */
  keep: z.string().optional(),
})

const scenario = z.strictObject({
  /** What the fixture is for. */
  feature: z.string(),
  /** Columns whose values differ from run to run, besides moments of the run: `column`, or `table.column`. */
  volatile: z.array(z.string()).default([]),
  compiled: z.enum(['exact', 'tokens']).default('exact'),
  steps: z.array(step).min(1),
})

export type Scenario = z.infer<typeof scenario>
export type Step = Scenario['steps'][number]

/** What is done with a fixture project, and what dbt makes of it: its `scenario.yml`. */
export function readScenario(fixture: string): Scenario {
  return scenario.parse(load(readFileSync(join(fixture, 'scenario.yml'), 'utf8')))
}
