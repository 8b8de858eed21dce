import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postgresDialect } from '../../../src/connectors/postgres/postgres-dialect.ts'
import { TablesConnector } from '../../../src/connectors/tables/tables-connector.ts'
import { contents, tablesContract } from '../../contracts/tables-contract.ts'
import { type PostgresSource, postgresSource } from '../../support/postgres-source.ts'

const CHANGES = {
  truncated: 'truncate target',
  rewritten: 'alter table target alter column id type bigint',
  dropped: 'drop table target',
  replaced: 'drop table target; create table target (id int)',
  altered: 'alter table target rename column id to number',
}

tablesContract('tables of Postgres', CHANGES, async () => {
  const source = await postgresSource()
  return {
    dialect: postgresDialect(source.connection),
    schema: 'public',
    run: source.run,
    close: source.close,
    timeType: 'timestamptz',
    later: (hours) => `timestamptz '2026-01-01 00:00Z' + ${hours} * interval '1 hour'`,
    numbers: (upTo) => `generate_series(1, ${upTo}) as numbers(n)`,
    noTime: `'infinity'`,
    count: (table) => `analyze ${table}`,
    expects: { all: [1000, 1000], half: [401, 599] },
  }
})

describe('a full read of Postgres', () => {
  let source: PostgresSource
  beforeAll(async () => {
    source = await postgresSource()
  })
  afterAll(() => source.close())

  it('reads partitioned tables through the parent, and views, in several schemas', async () => {
    await source.run(
      'create schema sales',
      'create table sales.events (id int, at date) partition by range (at)',
      `create table sales.events_2025 partition of sales.events for values from ('2025-01-01') to ('2026-01-01')`,
      `create table sales.events_2026 partition of sales.events for values from ('2026-01-01') to ('2027-01-01')`,
      `insert into sales.events select n, date '2025-06-01' + n % 500 from generate_series(1, 3000) n`,
      'create view sales.late_events as select id from sales.events where id > 2990',
      'create materialized view sales.counted as select at, count(*) as n from sales.events group by at',
    )
    const connector = new TablesConnector(postgresDialect(source.connection), {
      streams: ['events', 'late_events', 'counted'].map((name) => ({
        stream: name,
        schema: 'sales',
        name,
        columns: {},
        incremental: undefined,
      })),
      chunkRows: 500,
    })
    const counts = []
    for (const name of ['events', 'late_events', 'counted']) {
      const read = (await contents(connector, name, null)).flatMap((content) => content.rows)
      counts.push([name, read.length, new Set(read.map((row) => JSON.stringify(row))).size])
    }
    expect(counts).toEqual([
      ['events', 3000, 3000],
      ['late_events', 10, 10],
      ['counted', 500, 500],
    ])
    await connector.close()
  })
})
