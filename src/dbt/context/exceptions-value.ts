import type { ErrorCode } from '../../errors/catalogue.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { hostFunction } from '../../jinja/values/host-function.ts'
import { iterate } from '../../jinja/values/iterate.ts'
import { textOf } from '../../jinja/values/text.ts'
import type { Rendering } from './rendering.ts'

/** `exceptions`: what raises stops with WW2101 (WW2108 for a contract), what warns is heard and goes on. */
export function exceptionsValue(rendering: Rendering): Readonly<Record<string, unknown>> {
  const raise = (name: string, explain: (args: readonly unknown[]) => string, code: ErrorCode = 'WW2101') =>
    hostFunction(name, (args, kwargs) => {
      throw new WaterworksError(code, { message: explain([...args, ...Object.values(kwargs)]) })
    })
  const first = ([message = '']: readonly unknown[]) => textOf(message)
  const plain = [
    'raise_compiler_error',
    'raise_not_implemented',
    'raise_parsing_error',
    'raise_database_error',
    'raise_dependency_error',
    'raise_fail_fast_error',
    'raise_dep_not_found',
    'raise_duplicate_resource_name',
    'raise_ambiguous_alias',
    'CompilationError',
    'DbtRuntimeError',
  ]
  const warn = (message: string) => {
    rendering.warn(message)
    return ''
  }
  return {
    ...Object.fromEntries(plain.map((name) => [name, raise(name, first)])),
    missing_config: raise('missing_config', ([, name]) => `The configuration "${textOf(name)}" is missing.`),
    missing_materialization: raise(
      'missing_materialization',
      ([, name]) => `There is no materialization "${textOf(name)}".`,
    ),
    missing_relation: raise('missing_relation', ([relation]) => `There is no relation ${textOf(relation)}.`),
    relation_wrong_type: raise(
      'relation_wrong_type',
      ([relation, wanted]) => `${textOf(relation)} is not a ${textOf(wanted)}, and is in the way of one.`,
    ),
    raise_contract_error: raise(
      'raise_contract_error',
      ([given, found]) => contractProblem(given, found),
      'WW2108',
    ),
    column_type_missing: raise(
      'column_type_missing',
      ([names]) =>
        `A contract needs a data_type for every column; it is missing for ${Array.from(iterate(names), textOf).join(', ')}.`,
      'WW2108',
    ),
    warn: hostFunction('warn', ([message = '']) => warn(textOf(message))),
    warn_snapshot_timestamp_data_types: hostFunction('warn_snapshot_timestamp_data_types', ([a, b]) =>
      warn(`The type of updated_at (${textOf(b)}) is not that of snapshot's own timestamps (${textOf(a)}).`),
    ),
  }
}

/** What differs between the columns a contract promises and those a query gives, one line each. */
function contractProblem(promised: unknown, found: unknown): string {
  const [wanted, given] = [typesByName(promised), typesByName(found)]
  const lines = [
    ...[...wanted].flatMap(([name, type]) => {
      const other = given.get(name)
      if (other === undefined) return [`${name} is promised as ${type}, and the query does not give it`]
      return other.toLowerCase() === type.toLowerCase()
        ? []
        : [`${name} is promised as ${type}, and comes as ${other}`]
    }),
    ...[...given].flatMap(([name, type]) => (wanted.has(name) ? [] : [`${name} (${type}) is not promised`])),
  ]
  return `The query does not give what its contract promises: ${lines.join('; ')}.`
}

function typesByName(columns: unknown): ReadonlyMap<string, string> {
  return new Map(
    Array.from(iterate(columns), (column) => {
      const [name, type] = partsOf(column)
      return [name, type] as const
    }),
  )
}

function partsOf(column: unknown): readonly [string, string] {
  const part = (key: string) => textOf(attributeOf(column, key) ?? '')
  return [part('name'), part('data_type') || part('dtype')]
}

function attributeOf(column: unknown, key: string): unknown {
  if (typeof column !== 'object' || column === null) return undefined
  if ('getAttribute' in column && typeof column.getAttribute === 'function') return column.getAttribute(key)
  return 'get' in column && typeof column.get === 'function' ? column.get(key) : undefined
}
