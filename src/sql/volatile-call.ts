import { isSignificant, type Token, tokenize } from './tokenize.ts'

/** Keywords of the SQL standard that stand for the clock without parentheses. */
const CLOCKS: ReadonlySet<string> = new Set(
  'current_date current_time current_timestamp localtime localtimestamp'.split(' '),
)

/** Functions of PostgreSQL and DuckDB whose answer is not decided by their arguments. */
const VOLATILE: ReadonlySet<string> = new Set(
  `now today transaction_timestamp statement_timestamp clock_timestamp timeofday get_current_timestamp get_current_time
   current_localtime current_localtimestamp
   random random_normal setseed uuid uuidv4 uuidv7 gen_random_uuid gen_random_bytes
   nextval currval lastval txid_current pg_current_xact_id current_setting getenv getvariable
   glob read_blob read_text sniff_csv query query_table pragma_table_info dblink`
    .trim()
    .split(/\s+/),
)

/** Table functions that read what lies outside of the warehouse: `read_csv`, `parquet_scan`, `iceberg_metadata`. */
const READER =
  /^(?:read_\w+|\w+_scan|\w+_scan_pushdown|parquet_\w+|iceberg_\w+|(?:postgres|mysql|sqlite)_query)$/

/** Schemas in which the engine tells of itself. */
const CATALOGS: ReadonlySet<string> = new Set(['information_schema', 'pg_catalog'])

/** Whether a text has any such word at all, which most have not: they need no reading. */
const SUSPECT = new RegExp(
  String.raw`\b(?:${[...CLOCKS, ...VOLATILE, ...CATALOGS].join('|')}|\w*(?:read|scan|parquet|iceberg|query)\w*)\b|\b(?:from|join)\s*(?:'|\$|/\*|--)`,
  'i',
)

/**
 * The first thing in a query by which it may answer otherwise though none of the tables that it names has changed: the
 * clock, chance, a sequence, a file, the engine's own catalog. Undefined where there is none. It goes by names, so a
 * function that somebody defined may look at the clock unseen.
 */
export function volatileCall(sql: string): string | undefined {
  if (!SUSPECT.test(sql)) return undefined
  const tokens = tokenize(sql).filter(isSignificant)
  const textOf = (token: Token | undefined): string => (token ? sql.slice(token.start, token.end) : '')
  for (const [i, token] of tokens.entries()) {
    const before = textOf(tokens[i - 1]).toLowerCase()
    const after = textOf(tokens[i + 1])
    const text = textOf(token)
    if (token.kind === 'string' && (before === 'from' || before === 'join')) return text
    if (token.kind !== 'word') continue
    const word = text.toLowerCase()
    if (CATALOGS.has(word) && after === '.') return word
    if (after === '(' && (VOLATILE.has(word) || READER.test(word))) return `${word}()`
    if (CLOCKS.has(word) && before !== '.' && before !== 'as' && after !== '.') return word
  }
  return undefined
}
