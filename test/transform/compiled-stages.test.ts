import { describe, expect, it } from 'vitest'
import type { Field } from '../../src/batch/logical-type.ts'
import { duckDbDialect } from '../../src/engines/duckdb/duckdb-dialect.ts'
import { postgresDialect } from '../../src/engines/postgres/postgres-dialect.ts'
import { compileTransform } from '../../src/transform/compile-transform.ts'
import { operationsOf } from './support/shape-rows.ts'

const FIELDS: readonly Field[] = [
  { name: 'id', type: { kind: 'int64' } },
  { name: 'Email', type: { kind: 'text' } },
  { name: 'country', type: { kind: 'text' } },
  { name: 'amount', type: { kind: 'text' } },
  { name: 'placed', type: { kind: 'timestamp' } },
  { name: 'tags', type: { kind: 'json' } },
]

/** Stages by the name of their golden file. */
const STAGES = {
  'one row stays one row': `
- trim
- null_if: {columns: [amount], values: [n/a, '']}
- cast: {amount: "decimal(10,2)"}
- rename: {Email: email}
- lower: email
- upper: country
- derive: {column: gross, expression: amount * 1.25}
- filter: gross > 0
- lookup: {from: ref.countries, on: {country: code}, take: {name: country_name}, on_miss: quarantine}
- drop: [tags]`,
  'rows depend on others': `
- dedupe: {keys: id, latest_by: placed}
- window: {column: place, expression: row_number(), partition_by: country, order_by: placed}`,
  'rows become others': `
- explode: {column: tags}
- rollup: {by: [country], measures: {orders: count(*), last: max(placed)}}`,
} as const

describe.each([duckDbDialect, postgresDialect])('stages as SQL of $name', (dialect) => {
  it.each(Object.entries(STAGES))('%s', async (name, yaml) => {
    const compiled = compileTransform(
      [{ name: 'clean', operations: operationsOf(yaml) }],
      { from: 'landed', fields: FIELDS, lookups: { 'ref.countries': { schema: 'ref', name: 'countries' } } },
      dialect,
    )
    const lineage = compiled.columns.map(
      (column) => `-- ${column}: ${(compiled.sources.get(column) ?? []).join(', ') || 'nothing'}`,
    )
    const text = [...lineage, '', compiled.from.replaceAll(' from (', '\nfrom ('), ''].join('\n')
    await expect(text).toMatchFileSnapshot(`golden/${name.replaceAll(' ', '-')}.${dialect.name}.sql`)
  })
})
