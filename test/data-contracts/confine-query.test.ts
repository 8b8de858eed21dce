import { describe, expect, it } from 'vitest'
import { confineExpression, confineQuery, type QueryScope } from '../../src/contracts/confine-query.ts'
import { duckDbDialect } from '../../src/engines/duckdb/duckdb-dialect.ts'
import { DuckDbEngine } from '../../src/engines/duckdb/duckdb-engine.ts'
import { postgresDialect } from '../../src/engines/postgres/postgres-dialect.ts'

const scope: QueryScope = {
  dialect: duckDbDialect,
  relations: new Map([
    ['orders', { schema: 'marts', name: 'fct_orders' }],
    ['customers', { schema: 'marts', name: 'dim_customers' }],
  ]),
  object: 'orders',
  property: 'order_amount',
}

describe('a query of a contract', () => {
  it.each([
    [
      'select count(*) from {object} where {property} is not null',
      'select count(*) from "marts"."fct_orders" as "orders" where "order_amount" is not null',
    ],
    [
      'SELECT count(*) FROM Orders o JOIN customers AS c ON o.a = c.b, orders WHERE a IS DISTINCT FROM b;',
      'SELECT count(*) FROM "marts"."fct_orders" o JOIN "marts"."dim_customers" AS c ON o.a = c.b, "marts"."fct_orders" as "orders" WHERE a IS DISTINCT FROM b',
    ],
    [
      'with x(a) as (select 1 from orders), y as (select a from x) select count(*) from y',
      'with x(a) as (select 1 from "marts"."fct_orders" as "orders"), y as (select a from x) select count(*) from y',
    ],
    [
      'select extract(year from a), trim(both from b), cast(c as decimal(10, 2)) from marts.fct_orders',
      'select extract(year from a), trim(both from b), cast(c as decimal(10, 2)) from "marts"."fct_orders" as "orders"',
    ],
    [
      "select 'from secrets; drop table x' -- from secrets\n from orders",
      `select 'from secrets; drop table x' from "marts"."fct_orders" as "orders"`,
    ],
    ['(select 1)', '(select 1)'],
  ])('reads the objects of its contract: %s', (query, sql) => {
    expect(confineQuery(query, scope)).toEqual({ sql })
  })

  it.each([
    ['another table', 'select count(*) from secrets', 'it reads secrets'],
    ['another schema', 'select count(*) from other.fct_orders', 'it reads other.fct_orders'],
    ['a table of the catalog', 'select count(*) from pg_catalog.pg_shadow', 'it reads pg_catalog.pg_shadow'],
    ['a table within', 'select (select max(a) from secrets) from orders', 'it reads secrets'],
    ['a table after a comma', 'select 1 from orders o, secrets', 'it reads secrets'],
    ['a table in brackets', 'select 1 from (orders join secrets using (id))', 'it reads secrets'],
    ['a table below FROM alone', 'select (from secrets)', 'it reads secrets'],
    ['a table behind a union', 'select a from orders union all from secrets', 'it reads secrets'],
    [
      'what a name means within its own definition',
      'with secrets as (select * from secrets) select 1 from secrets',
      'it reads secrets',
    ],
    [
      'a name out of its scope',
      'select (with s as (select 1) select * from s), (select * from s)',
      'it reads s,',
    ],
    ['a later definition', 'with a as (select * from b), b as (select 1) select 1 from a', 'it reads b,'],
    ['a table by another word', 'select 1 from orders union (table secrets)', 'it uses TABLE'],
    ['a description', 'select * from (describe secrets)', 'it uses DESCRIBE'],
    ['a summary', 'select * from (summarize secrets)', 'it uses SUMMARIZE'],
    ['a file by its name', "select * from '/etc/passwd.csv'", 'it reads a file'],
    ['a file by its name in quotes', 'select * from "/etc/passwd.csv"', 'it reads /etc/passwd.csv'],
    [
      'a file through a function',
      "select * from read_csv('/etc/passwd')",
      'it reads what the function read_csv',
    ],
    [
      'a file as a value',
      "select content from (select read_text('/etc/passwd') as content)",
      'it calls read_text',
    ],
    ['a quoted function', `select "read_text"('/etc/passwd')`, 'it calls read_text'],
    [
      'a function of a schema',
      "select pg_catalog.pg_read_file('/etc/passwd')",
      'it calls pg_read_file of a schema',
    ],
    ['SQL in a text', "select * from query('select * from secrets')", 'it reads what the function query'],
    ['SQL in XML', "select query_to_xml('select * from secrets', true, true, '')", 'it calls query_to_xml'],
    ['another server', "select dblink('host=evil', 'select 1')", 'it calls dblink'],
    ['the environment', "select getenv('PGPASSWORD')", 'it calls getenv'],
    ['settings', "select set_config('a', 'b', false)", 'it calls set_config'],
    ['waiting', 'select pg_sleep(1000)', 'it calls pg_sleep'],
    ['a sequence', "select nextval('s')", 'it calls nextval'],
    ['a second statement', 'select 1; drop table orders', 'it holds more than one statement'],
    ['another statement', 'drop table orders', 'it must be one SELECT, and begins with drop'],
    ['a copy', "copy orders to 'x'", 'it must be one SELECT, and begins with copy'],
    [
      'a change within',
      'with x as (delete from orders returning 1) select count(*) from x',
      'it uses DELETE',
    ],
    ['a table made', 'select 1 into copied from orders', 'it uses INTO'],
    ['a lock', 'select 1 from orders for update', 'it uses UPDATE'],
    [
      'endless rows',
      'with recursive x as (select 1 union all select 1 from x) select count(*) from x',
      'it uses RECURSIVE',
    ],
    ['a lateral', 'select 1 from orders, lateral (select 1)', 'it uses LATERAL'],
    ['an alias before its table', 'select 1 from orders: secrets', 'it names a relation before a colon'],
    ['a parameter', 'select $1', 'it has a parameter'],
    ['an escaped name', String.raw`select 1 from U&"\0073ecrets"`, 'a name is written in escapes'],
    ['brackets left open', 'select (1', 'a bracket is left open'],
    ['brackets closed early', 'select 1) from secrets (', 'a bracket is closed that was not opened'],
    ['nothing', '  ', 'it is empty'],
  ])('is refused when it reads or does %s', (_what, query, problem) => {
    const confined = confineQuery(query, scope)
    expect(confined).toHaveProperty('problem')
    expect('problem' in confined ? confined.problem : '').toContain(problem)
  })

  it('has {property} only where there is one', () => {
    expect(confineQuery('select {property} from orders', { ...scope, property: undefined })).toMatchObject({
      problem: '{property} stands in a rule of the whole object',
    })
  })

  it('may be an expression over a row', () => {
    expect(confineExpression('amount > 0 and lower(status) in (select s from customers)', scope)).toEqual({
      sql: 'amount > 0 and lower(status) in (select s from "marts"."dim_customers" as "customers")',
    })
    expect(confineExpression('true) or exists (select 1 from secrets', scope)).toHaveProperty('problem')
    expect(confineExpression("amount > length(read_text('/etc/passwd'))", scope)).toHaveProperty('problem')
  })

  it('is quoted as its engine quotes', () => {
    const hostile = { schema: 'a"b', name: 'x; drop table y --' }
    const named = { ...scope, dialect: postgresDialect, relations: new Map([['orders', hostile]]) }
    expect(confineQuery('select 1 from {object}', named)).toEqual({
      sql: 'select 1 from "a""b"."x; drop table y --" as "orders"',
    })
  })

  it('may call what every engine has, and nothing that reads files or settings', async () => {
    const engine = new DuckDbEngine({ path: ':memory:' })
    const session = await engine.connect()
    try {
      const effects = await session.rows(
        "select distinct function_name as name from duckdb_functions() where function_type in ('table', 'table_macro', 'pragma') or has_side_effects or function_name ~ '(file|read|write|query|secret|setting|getenv|export)'",
      )
      const taken = effects
        .map(({ name }) => String(name))
        .filter((name) => 'sql' in confineQuery(`select "${name}"(1)`, scope))
      expect(effects.length).toBeGreaterThan(50)
      expect(taken).toEqual([])
    } finally {
      await session.close()
      await engine.close()
    }
  })
})
