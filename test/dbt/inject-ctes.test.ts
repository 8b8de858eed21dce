import { describe, expect, it } from 'vitest'
import { cteName, injectCtes } from '../../src/dbt/inject-ctes.ts'

const a = { id: 'model.shop.a', name: '__dbt__cte__a', sql: 'select 1 as id' }
const b = { id: 'model.shop.b', name: '__dbt__cte__b', sql: 'select * from __dbt__cte__a' }

describe('folding ephemeral models into a query', () => {
  it('leaves a query without ephemeral parents alone', () => {
    expect(injectCtes('select 1', [])).toBe('select 1')
  })

  it('gives a query without WITH one, as dbt writes it', () => {
    expect(injectCtes('select * from __dbt__cte__a', [a])).toBe(
      'with __dbt__cte__a as (\nselect 1 as id\n) select * from __dbt__cte__a',
    )
  })

  it('puts the CTEs before the query’s own, in order', () => {
    expect(injectCtes('with x as (select 2) select * from x', [a, b])).toBe(
      'with  __dbt__cte__a as (\nselect 1 as id\n),  __dbt__cte__b as (\nselect * from __dbt__cte__a\n), x as (select 2) select * from x',
    )
  })

  it('leaves white space where dbt leaves it', () => {
    const cte = '__dbt__cte__a as (\nselect 1 as id\n)'
    expect(injectCtes('\n\nselect 1', [a])).toBe(`\n\nwith ${cte} select 1`)
    expect(injectCtes('with\nx as (select 2) select 3', [a])).toBe(`with\n ${cte}, x as (select 2) select 3`)
  })

  it('keeps WITH RECURSIVE before them', () => {
    expect(injectCtes('-- walk\nWITH  Recursive t as (select 1) select * from t', [a])).toBe(
      '-- walk\nWITH  Recursive  __dbt__cte__a as (\nselect 1 as id\n), t as (select 1) select * from t',
    )
  })

  it.each([
    ["select 'with' as word", 'a string'],
    ['-- with\nselect 1', 'a comment'],
    ['/* with x as ( */ select 1', 'a block comment'],
    ['select * from (with x as (select 1) select * from x) s', 'a subquery'],
    ['(with x as (select 1) select * from x) union all select 2', 'one branch of a union'],
    ['select "with" from t', 'a quoted name'],
    ['select without from t', 'part of a word'],
  ])('does not take the WITH of %j for the query’s own', (sql) => {
    expect(injectCtes(sql, [a])).toBe(`with __dbt__cte__a as (\nselect 1 as id\n) ${sql}`)
  })

  it('closes the parenthesis after a trailing comment, and drops a trailing semicolon', () => {
    const cte = { id: 'model.shop.c', name: cteName('c'), sql: "select ';' as s; -- the end" }
    expect(injectCtes('select 1', [cte])).toBe(
      "with __dbt__cte__c as (\nselect ';' as s -- the end\n) select 1",
    )
  })
})
