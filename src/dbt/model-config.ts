import { suggest } from '../errors/suggest.ts'
import type { ConfigProblem } from './config-problem.ts'
import { ConfigReader } from './config-reader.ts'
import type { Config } from './merge-configs.ts'

export type Materialization = 'table' | 'view' | 'ephemeral'

/** What the platform itself reads from a model's configuration. Templates see all of it through config.get(). */
export interface ModelConfig {
  readonly enabled: boolean
  readonly materialized: Materialization
  readonly schema: string | undefined
  readonly alias: string | undefined
  readonly tags: readonly string[]
}

const materializations: readonly string[] = ['table', 'view', 'ephemeral'] satisfies Materialization[]

/** dbt's other materializations, which come later. */
const later: readonly string[] = ['incremental', 'materialized_view', 'external', 'snapshot', 'seed']

/** Keys that change what is built, so that leaving them out of account would build something else than was asked for. */
const unsupported: readonly string[] = ['pre_hook', 'post_hook', 'sql_header', 'database', 'grants']

/** Reads a merged configuration; a value with a problem is replaced by the default. */
export function readModelConfig(config: Config): { config: ModelConfig; problems: readonly ConfigProblem[] } {
  const reader = new ConfigReader(config)
  for (const key of unsupported) {
    if (isGiven(config[key])) reader.refuse(key, 'WW1211', `The configuration "${key}" is not supported yet.`)
  }
  return {
    config: {
      enabled: reader.boolean('enabled') ?? true,
      materialized: readMaterialization(reader),
      schema: reader.text('schema'),
      alias: reader.text('alias'),
      tags: reader.texts('tags'),
    },
    problems: reader.problems,
  }
}

function readMaterialization(reader: ConfigReader): Materialization {
  const name = reader.text('materialized') ?? 'view'
  if (isMaterialization(name)) return name
  if (later.includes(name)) {
    const message = `The materialization "${name}" is not supported yet.`
    reader.refuse('materialized', 'WW1211', message, 'Use table, view or ephemeral for now.')
  } else {
    const near = suggest(name, materializations)
    const hint = near ? `Did you mean "${near}"?` : 'There are table, view and ephemeral.'
    reader.refuse('materialized', 'WW1212', `There is no materialization "${name}".`, hint)
  }
  return 'view'
}

function isMaterialization(name: string): name is Materialization {
  return materializations.includes(name)
}

function isGiven(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false
  return typeof value !== 'object' || Object.keys(value).length > 0
}
