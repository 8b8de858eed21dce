import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LogicalType } from '../../src/batch/logical-type.ts'
import { logicalTypeName } from '../../src/batch/logical-type-name.ts'
import { mysqlDialect } from '../../src/connectors/mysql/mysql-dialect.ts'
import { TablesConnector } from '../../src/connectors/tables/tables-connector.ts'
import { waterworks } from '../cli/support/waterworks.ts'
import { contents, tablesContract } from '../contracts/tables-contract.ts'
import { prepareMariadb, startMariadb } from '../support/mariadb-server.ts'

const root = prepareMariadb((reason) => console.error(`No MariaDB was read: ${reason}`))
const server = root === undefined ? undefined : await startMariadb(root)
afterAll(() => server?.close())

const CHANGES = {
  truncated: 'truncate table target',
  rewritten: 'alter table target modify id bigint',
  dropped: 'drop table target',
  replaced: 'drop table target; create table target (id int)',
}

describe.skipIf(server === undefined)('MariaDB', () => {
  tablesContract('its tables', CHANGES, async () => {
    const { connection, run } = server!
    await run(undefined, 'create database shop')
    return {
      dialect: mysqlDialect(connection('shop')),
      schema: 'shop',
      run: async (...statements) => void (await run('shop', `set sql_mode = ''`, ...statements)),
      close: async () => void (await run(undefined, 'drop database shop')),
      timeType: 'datetime(6)',
      later: (hours) => `timestamp '2026-01-01 00:00:00' + interval ${hours} hour`,
      numbers: (upTo) => `(select seq as n from seq_1_to_${upTo}) as numbers`,
      noTime: `'0000-00-00 00:00:00'`,
      count: (table) => `analyze table ${table}`,
      expects: { all: [801, 1199], half: [1, 1199] },
    }
  })

  describe('its values', () => {
    beforeAll(() => server!.run(undefined, 'create database kinds'))
    afterAll(() => server!.run(undefined, 'drop database kinds'))

    const read = async (
      table: string,
      { columns = {}, chunkRows = 1000 }: { columns?: Record<string, LogicalType>; chunkRows?: number } = {},
    ) => {
      const dialect = mysqlDialect(server!.connection('kinds'))
      const streams = [{ stream: table, schema: 'kinds', name: table, columns, incremental: undefined }]
      const connector = new TablesConnector(dialect, { streams, chunkRows })
      try {
        const { fields } = await connector.describe(table)
        const arrivals = await contents(connector, table, null)
        return { types: fields.map(({ type }) => logicalTypeName(type)), arrivals }
      } finally {
        await connector.close()
      }
    }

    it.each<[type: string, literals: string, logical: string, values: readonly unknown[]]>([
      ['tinyint', '-128, 127', 'tinyint', [-128, 127]],
      ['smallint unsigned', '0, 65535', 'usmallint', [0, 65535]],
      ['mediumint', '-8388608, 8388607', 'integer', [-8388608, 8388607]],
      ['int unsigned zerofill', '7, 4294967295', 'uinteger', [7, 4294967295]],
      ['bigint', '-9223372036854775808, 9223372036854775807', 'bigint', [-(2n ** 63n), 2n ** 63n - 1n]],
      ['bigint unsigned', '0, 18446744073709551615', 'ubigint', [0, 2n ** 64n - 1n]],
      [
        'decimal(38,10)',
        '-1.5, 1234567890123456789012345678.0123456789',
        'decimal(38,10)',
        ['-1.5000000000', '1234567890123456789012345678.0123456789'],
      ],
      ['decimal(65,30)', '-1.5', 'text', [`-1.5${'0'.repeat(29)}`]],
      ['float', '0.1, 16777217, -3.4e38', 'real', [0.1, 16777217, -3.4e38].map(Math.fround)],
      [
        'double',
        '0.1e0 + 0.2e0, 1.7976931348623157e308, 4.9e-324',
        'double',
        [0.1 + 0.2, Number.MAX_VALUE, 5e-324],
      ],
      ['bit(1)', `b'1', b'0'`, 'boolean', [true, false]],
      ['bit(64)', `b'${'1'.repeat(64)}', b'101'`, 'ubigint', [2n ** 64n - 1n, 5]],
      ['char(10) character set utf8mb4', `'é 🎈', ''`, 'text', ['é 🎈', '']],
      ['varchar(20) character set latin1', `'Zoë €'`, 'text', ['Zoë €']],
      ['text character set ucs2', `'Ωmega'`, 'text', ['Ωmega']],
      ['varchar(20) character set sjis', `'日本'`, 'text', ['日本']],
      [`enum('small', 'it''s large')`, `'it''s large', 1`, 'text', [`it's large`, 'small']],
      [`set('a', 'b', 'c')`, `'a,c', ''`, 'text', ['a,c', '']],
      ['json', `'{"a": [1, 2.50]}'`, 'json', ['{"a": [1, 2.50]}']],
      ['date', `'1000-01-01', '9999-12-31'`, 'date', ['1000-01-01', '9999-12-31']],
      ['datetime(6)', `'2026-03-29 02:30:00.000001'`, 'timestamp', ['2026-03-29T02:30:00.000001']],
      ['timestamp(3) null', `'2026-03-29 02:30:00.125'`, 'timestamptz', ['2026-03-29T01:30:00.125Z']],
      ['time(6)', `'23:59:59.999999'`, 'time', ['23:59:59.999999']],
      ['year', '1901, 2155', 'smallint', [1901, 2155]],
      ['binary(3)', `x'00ff'`, 'bytes', ['\\x00ff00']],
      ['blob', `x'deadbeef', ''`, 'bytes', ['\\xdeadbeef', '\\x']],
      ['uuid', `'123e4567-e89b-12d3-a456-426655440000'`, 'uuid', ['123e4567-e89b-12d3-a456-426655440000']],
      ['inet6', `'2001:db8::1'`, 'text', ['2001:db8::1']],
      ['point', `point(1, 2)`, 'bytes', ['\\x0101000000000000000000f03f0000000000000040']],
    ])('%s arrive as they are', async (type, literals, logical, values) => {
      const rows = literals.split(/, (?=(?:[^']*'[^']*')*[^']*$)/).filter((part) => !/^2\)$/.test(part))
      const texts = type === 'point' ? [literals] : rows
      await server!.run(
        'kinds',
        `set time_zone = '+01:00', sql_mode = ''`,
        'drop table if exists one',
        `create table one (n int primary key, v ${type})`,
        ...texts.map((text, index) => `insert into one values (${index}, ${text})`),
        `insert into one values (99, null)`,
      )
      const { types, arrivals } = await read('one')
      expect(types[1]).toBe(logical)
      expect(arrivals.flatMap(({ rows: found }) => found.map((row) => row['v']))).toEqual([...values, null])
    })

    it('of doubles come back to the bit', async () => {
      await server!.run(
        'kinds',
        'create table doubles (n int primary key, v double, f float)',
        'insert into doubles select seq, exp((rand(seq) - 0.5) * 1400), exp((rand(-seq) - 0.5) * 150) from seq_1_to_20000',
      )
      // Bytes of the very number, as the server keeps it, are not to be had; that it equals its text is.
      const { arrivals } = await read('doubles')
      const found = arrivals.flatMap(({ rows }) => rows)
      const values = found.map((row) =>
        `(${row['n']}, ${row['v']}e0, ${row['f']}e0)`.replaceAll(/(e[+-]\d+)e0/g, '$1'),
      )
      await server!.run('kinds', 'create table again (n int primary key, v double, f float)')
      await server!.run('kinds', `insert into again values ${values.join(', ')}`)
      const [same] = await server!.run(
        'kinds',
        'select count(*) as n from doubles join again using (n) where doubles.v = again.v and doubles.f = again.f',
      )
      expect(Number(same!['n'])).toBe(20_000)
    })

    it('that no column can hold are told, and types can be stated', async () => {
      await server!.run(
        'kinds',
        `set sql_mode = ''`,
        'create table odd (id int primary key, day date, at datetime, clock time, price decimal(40,2), flag tinyint(1))',
        `insert into odd values (1, '0000-00-00', '2026-00-00 00:00:00', '-838:59:59', 1.25, 1), (2, '2026-01-01', '2026-01-01', '100:00:00', 9e30, 2)`,
      )
      const columns: Record<string, LogicalType> = {
        clock: { kind: 'interval' },
        price: { kind: 'decimal', precision: 10, scale: 2 },
        flag: { kind: 'boolean' },
      }
      const { arrivals } = await read('odd', { columns })
      expect(arrivals[0]!.rows).toEqual([
        { id: 1, day: null, at: null, clock: 'PT-838H-59M-59S', price: '1.25', flag: true },
        { id: 2, day: '2026-01-01', at: '2026-01-01T00:00:00', clock: 'PT100H', price: null, flag: null },
      ])
    })

    it.each([
      ['two numbers', 'a int, b bigint unsigned', 'seq div 40, seq'],
      [
        'texts without case',
        'a varchar(20) collate utf8mb4_general_ci, b int',
        `concat('Kéy ', seq div 10), seq`,
      ],
      [
        'texts of bytes',
        'a varbinary(8), b date',
        `unhex(lpad(hex(seq div 9), 8, '0')), date '2026-01-01' + interval seq day`,
      ],
      [
        'numbers with decimals',
        'a decimal(20,5) unsigned, b datetime(3)',
        `seq / 3, timestamp'2026-01-01 00:00:00' + interval seq second`,
      ],
    ])('of tables whose key is %s come each once, chunk by chunk', async (_, columns, values) => {
      await server!.run(
        'kinds',
        'drop table if exists keyed',
        `create table keyed (n int, ${columns}, primary key (a, b))`,
        `insert into keyed select seq, ${values} from seq_1_to_1000`,
      )
      const { arrivals } = await read('keyed', { chunkRows: 90 })
      expect(arrivals).toHaveLength(12)
      const numbers = arrivals.flatMap(({ rows }) => rows.map((row) => Number(row['n'])))
      expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (__, n) => n + 1))
    })

    it('of partitioned tables, of views, and of tables without a key are read whole', async () => {
      await server!.run(
        'kinds',
        `create table parts (id int, region int, primary key (id, region)) partition by hash (region) partitions 4`,
        'insert into parts select seq, seq % 7 from seq_1_to_500',
        'create view few as select id from parts where id > 490',
        'create table keyless (v int)',
        'insert into keyless select seq % 10 from seq_1_to_500',
      )
      const counts = []
      for (const table of ['parts', 'few', 'keyless']) {
        const { arrivals } = await read(table, { chunkRows: 100 })
        counts.push([table, arrivals.flatMap(({ rows }) => rows).length])
      }
      expect(counts).toEqual([
        ['parts', 500],
        ['few', 10],
        ['keyless', 500],
      ])
    })
  })

  describe('a project made from it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ww-mysql-'))
    afterAll(() => rmSync(folder, { recursive: true, force: true }))

    it('builds at once, and keeps what no column can hold', async () => {
      const { run, port } = server!
      const password = `p#ss "w'ord" $HOME`
      await run(
        undefined,
        'create database web',
        `create user shop_reader@'127.0.0.1' identified by '${password.replaceAll("'", "''")}'`,
        `grant select on web.* to shop_reader@'127.0.0.1'`,
      )
      await run(
        'web',
        `set sql_mode = ''`,
        'create table customers (id int primary key, full_name varchar(50) not null)',
        `insert into customers values (1, 'Ada'), (2, 'Bo')`,
        `create table orders (order_id bigint unsigned primary key, customer_id int not null, amount decimal(12,2),
           updated_at datetime not null, shipped date, foreign key (customer_id) references customers (id))`,
        `insert into orders values (18446744073709551615, 1, 5.50, '2026-01-01', '0000-00-00'), (2, 2, null, '2026-01-02', null)`,
      )
      const url = `mysql://shop_reader:${encodeURIComponent(password)}@127.0.0.1:${port}/web`
      const made = await waterworks(folder, ['init', 'shop', '--mysql', url, '--json'])
      expect(made).toMatchObject({ code: 0 })
      const project = join(folder, 'shop')
      expect(await readFile(join(project, 'models/staging/schema.yml'), 'utf8')).toContain(
        "ref('stg_shop__customers')",
      )
      const probed = await waterworks(project, ['debug'])
      expect(probed.stdout).toMatch(/MySQL shop_reader@127.0.0.1:\d+\/web, MariaDB [\d.]+, 2 tables to read/)
      const built = await waterworks(project, ['build', '--json'])
      expect(built.stderr + built.stdout).not.toContain("w'ord")
      const shown = await waterworks(project, [
        'sql',
        '--json',
        'select order_id, amount from raw.raw_shop_orders order by 1',
      ])
      expect(JSON.parse(shown.stdout).rows).toEqual([{ order_id: 2, amount: null }])
      const kept = await waterworks(project, ['quarantine', 'list', '--json'])
      expect(kept.stdout).toContain('a date without a day')
    })
  })
})
