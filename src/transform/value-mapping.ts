import type { Column } from '../batch/batch.ts'
import { carriedColumns } from './carried-columns.ts'
import type { CompileContext } from './compile-context.ts'
import type { Pseudonyms } from './pseudonyms.ts'
import { FATE } from './row-columns.ts'
import type { Transformation } from './transformation.ts'

/**
 * Work on values that no engine does: done outside of it, once for each distinct value, before the rows are read. What they
 * become is a temporary table beside the rows.
 */
export interface ValueMapping {
  /** The temporary table, with `keys` and `MAPPED`. */
  readonly table: string
  /** A SELECT of the distinct keys of the rows. */
  readonly select: string
  readonly keys: readonly string[]
  readonly map: MapValues
}

/**
 * What keys become: a column of texts, as long as those given.
 * @param keys columns of text without NULL
 */
export type MapValues = (keys: readonly Column[], rows: number, tools: MappingTools) => Promise<Column>

/** What mapping wants beside the values. */
export interface MappingTools {
  readonly pseudonyms: Pseudonyms
}

/** The column of what keys become. */
export const MAPPED = 'mapped'

export interface MappedColumn {
  /** SQL over the row `s`, as text: what is mapped. Rows where the first is NULL are left alone; the others never are. */
  readonly keys: readonly [string, ...string[]]
  readonly map: MapValues
  /** The name of the column that is added beside the others: NULL where the first key is. */
  readonly as: string
}

/** Adds what values become outside of the engine; no row is added or lost. Not an operation's last word: it adds a column. */
export function mapValues(
  state: Transformation,
  { keys, map, as }: MappedColumn,
  { dialect, describesOnly }: CompileContext,
): Transformation {
  const table = `_ww_mapped_${state.mappings.length}`
  const names = keys.map((_, index) => `key_${index}`)
  const goesOn = state.judged ? ` and s.${FATE} is null` : ''
  const select = `select distinct ${keys.map((sql, index) => `${sql} as ${names[index]}`).join(', ')} from ${state.from} as s where ${keys[0]} is not null${goesOn}`
  const text = dialect.typeName({ kind: 'text' })
  const mapped = describesOnly
    ? `(select _ww_keys.*, cast(null as ${text}) as ${MAPPED} from (${select}) as _ww_keys)`
    : table
  const list = [...state.columns.map(dialect.identifier), ...carriedColumns(state)].map((name) => `s.${name}`)
  const on = keys.map((sql, index) => `m.${names[index]} = ${sql}`).join(' and ')
  return {
    ...state,
    from: `(select ${[...list, `m.${MAPPED} as ${dialect.identifier(as)}`].join(', ')} from ${state.from} as s left join ${mapped} as m on ${on})`,
    columns: [...state.columns, as],
    mappings: [...state.mappings, { table, select, keys: names, map }],
  }
}
