import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import type { Contract } from '../../src/contracts/contract.ts'
import { exporters } from '../../src/contracts/export/exporters.ts'
import { duckDbDialect } from '../../src/engines/duckdb/duckdb-dialect.ts'
import { DuckDbEngine } from '../../src/engines/duckdb/duckdb-engine.ts'
import { postgresDialect } from '../../src/engines/postgres/postgres-dialect.ts'
import { parseAvroSchema } from '../../src/formats/avro/avro-schema.ts'
import { read } from '../project/contracts/read.ts'
import { FULL } from '../project/contracts/texts.ts'

const full = read(FULL).contract!
const written = (form: string, contract: Contract = full, dialect = duckDbDialect) =>
  exporters[form]!(contract, dialect)

/** A contract whose texts would be something else in every form. */
const HOSTILE = `apiVersion: v3.1.0
kind: DataContract
id: hostile
version: 1.0.0
status: active
description:
  purpose: "<script>alert(1)</script> [x](javascript:alert(1)) \\e[31m http://evil.example <img src=x onerror=y> {{ env_var('SECRET') }}"
schema:
  - name: 'a"; drop table x; --'
    description: "*/ process.exit(1) /* | <b>"
    properties:
      - {name: 'b" int); drop table y; --', logicalType: string, description: "# no | heading */ {% macro %}"}
`

describe('a contract in another form', () => {
  it.each(Object.keys(exporters))('is written as %s', async (form) => {
    const { text, lost } = written(form)
    await expect(text).toMatchFileSnapshot(`golden/orders.${form}.txt`)
    const says = {
      dbt: 6,
      'json-schema': 4,
      avro: 5,
      'great-expectations': 6,
      sql: 5,
      typescript: 5,
      markdown: 0,
    }[form]
    expect(lost).toHaveLength(says ?? -1)
  })

  it('is a JSON Schema that rows hold to', () => {
    const validate = new Ajv2020({ strict: false, formats: { 'date-time': true } }).compile(
      JSON.parse(written('json-schema').text),
    )
    const row = {
      order_id: 1,
      customer_id: 2,
      status: 'placed',
      amount: 1.5,
      ordered_at: null,
      lines: [{ sku: 'a' }],
    }
    expect(validate(row)).toBe(true)
    for (const wrong of [
      { order_id: null },
      { status: 'lost' },
      { amount: -1 },
      { amount: 100_000 },
      { lines: [{}] },
    ]) {
      expect(validate({ ...row, ...wrong })).toBe(false)
    }
  })

  it('is an Avro schema that readers of Avro take, hostile names and all', () => {
    expect(parseAvroSchema(written('avro').text)).toMatchObject({
      kind: 'record',
      fields: [
        { name: 'order_id', type: { kind: 'long' } },
        { name: 'customer_id' },
        { name: 'status', type: { kind: 'union', branches: [{ kind: 'null' }, { kind: 'string' }] } },
        { name: 'amount' },
        { name: 'ordered_at', type: { branches: [{}, { logical: { name: 'timestamp-micros' } }] } },
        { name: 'lines', type: { branches: [{}, { kind: 'array' }] } },
      ],
    })
    const { text, lost } = written('avro', read(HOSTILE).contract!)
    expect(JSON.parse(text)).toMatchObject({
      name: 'a___drop_table_x____',
      fields: [{ name: 'b__int___drop_table_y____' }],
    })
    expect(lost[0]).toContain('which is b__int___drop_table_y____')
  })

  it('is SQL that makes the table', async () => {
    const engine = new DuckDbEngine({ path: ':memory:' })
    const session = await engine.connect()
    try {
      await session.run(written('sql').text)
      const made = await session.inspect({ schema: 'main', name: 'fct_orders' })
      expect(made?.fields.map(({ name }) => name)).toEqual([
        'order_id',
        'customer_id',
        'status',
        'order_amount',
        'ordered_at',
        'lines',
      ])
      await session.run(written('sql', read(HOSTILE).contract!).text)
      expect(await session.rows('select count(*) as n from duckdb_tables()')).toEqual([{ n: 2 }])
    } finally {
      await session.close()
      await engine.close()
    }
    expect(written('sql', full, postgresDialect).text).toContain('"ordered_at" timestamp with time zone')
  })

  it('keeps what its texts hold from meaning anything', () => {
    const { contract, said } = read(HOSTILE)
    expect(said).toEqual([])
    const markdown = written('markdown', contract!).text
    expect(markdown).not.toMatch(/<script|<img|<b>|[^\\]\]\(|javascript:|http:\/\//)
    expect(markdown).not.toContain('\u001B')
    const types = written('typescript', contract!).text
    expect(types.match(/\*\//g)).toHaveLength(2)
    const dbt = written('dbt', contract!).text
    expect(dbt).not.toMatch(/\{[{%#]/)
    expect(JSON.parse(dbt)).toMatchObject({ version: 2, models: [{ columns: [{}] }] })
  })
})
