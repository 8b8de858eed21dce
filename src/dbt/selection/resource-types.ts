import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'

/** Commands that work on a selection of some kinds of resources. */
export type SelectingCommand = 'ls' | 'build' | 'run' | 'test' | 'seed' | 'snapshot' | 'compile' | 'clone'

const LISTED = [
  'pipeline',
  'source',
  'model',
  'seed',
  'snapshot',
  'test',
  'unit_test',
  'exposure',
  'metric',
  'semantic_model',
  'saved_query',
  'function',
  'contract',
] as const

const BUILT = [
  'pipeline',
  'source',
  'model',
  'seed',
  'snapshot',
  'test',
  'unit_test',
  'exposure',
  'saved_query',
  'function',
  'contract',
] as const

/** What each command works on unless told otherwise: dbt's kinds, and ours where it fills tables. */
const DEFAULTS: Readonly<Record<SelectingCommand, readonly string[]>> = {
  ls: LISTED,
  build: BUILT,
  run: ['model'],
  test: ['test', 'unit_test'],
  seed: ['seed'],
  snapshot: ['snapshot'],
  compile: ['model', 'seed', 'snapshot', 'test', 'analysis', 'operation', 'function'],
  clone: ['model', 'seed', 'snapshot'],
}

/** What --resource-type may add to what a command works on. */
const BESIDES: Readonly<Partial<Record<SelectingCommand, readonly string[]>>> = { ls: ['analysis'] }

/** Our word for a test. */
const SYNONYMS: ReadonlyMap<string, string> = new Map([['check', 'test']])

/**
 * The kinds of resources a command works on, given --resource-type and --exclude-resource-type. `all` and `default` mean what
 * they mean in dbt. Throws WW7001 for a kind that the command knows nothing of.
 */
export function resourceTypesOf(
  command: SelectingCommand,
  included: readonly string[],
  excluded: readonly string[],
): ReadonlySet<string> {
  const byDefault = DEFAULTS[command]
  const all = [...byDefault, ...(BESIDES[command] ?? [])]
  const words = (flag: string, given: readonly string[]): readonly string[] =>
    given.flatMap((word) => {
      const type = SYNONYMS.get(word) ?? word
      if (type === 'all') return all
      if (type === 'default') return byDefault
      if (all.includes(type)) return [type]
      const near = suggest(type, all)
      throw new WaterworksError('WW7001', {
        message: `--${flag} of ${command} takes ${all.join(', ')}, all or default, not ${word}`,
        hint: near ? `Did you mean "${near}"?` : undefined,
      })
    })
  const types = new Set(included.length > 0 ? words('resource-type', included) : byDefault)
  for (const type of words('exclude-resource-type', excluded)) types.delete(type)
  return types
}
