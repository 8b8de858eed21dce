import { beforeEach, describe, expect, it } from 'vitest'
import { suiteEngine, testEngines } from '../../support/engines.ts'
import { suiteSource } from '../../support/postgres-source.ts'
import type { Ran, RunProject } from '../../support/run-project.ts'
import { tableProject, tablesPipeline } from '../../support/table-project.ts'

const DEAD_LETTER = 'error_handling: {strategy: dead-letter, max_retries: 0}'

describe.each(Object.keys(testEngines))('a Postgres source that changes, loaded into %s', (name) => {
  const warehouse = suiteEngine(name)
  const source = suiteSource()
  let project: RunProject

  beforeEach(async () => {
    await source.run(
      'drop table if exists people',
      'create table people (id int primary key, name text, n smallint, price numeric(6,2), day date, code int)',
      `insert into people values (1, 'Ada', 1, 1.50, '2026-01-01', 7)`,
    )
  })

  const pipeline = (policy: string, ...more: readonly string[]) =>
    tablesPipeline('tables: [people], strategy: full', `strategy: merge, schema_changes: ${policy}`, ...more)
  /** Loads the table, changes the source, and loads again. */
  const reload = async (policy: string, ...changes: readonly string[]): Promise<Ran> => {
    project = await tableProject(warehouse.engine, source.connection, pipeline(policy, DEAD_LETTER))
    expect((await project.build()).node('shop').status).toBe('success')
    await source.run(...changes)
    return project.build()
  }
  const rows = (columns: string) => project.rows(`select ${columns} from raw.raw_shop_people order by id`)
  const told = (ran: Ran) =>
    ran.events.flatMap((event) => (event.type === 'schema-changed' ? event.changes : []))
  const none = { newName: null, from: null, to: null }

  describe('by a new column', () => {
    const change = ['alter table people add extra bigint default 9', `insert into people (id) values (2)`]
    const added = { ...none, column: 'extra', change: 'added', to: 'bigint' }

    it('evolve adds it', async () => {
      const ran = await reload('evolve', ...change)
      expect(ran.node('shop').status).toBe('success')
      expect(told(ran)).toEqual([added])
      expect(await rows('id, extra')).toEqual([
        { id: 1, extra: 9 },
        { id: 2, extra: 9 },
      ])
      expect(told(await project.build())).toEqual([])
    })

    it('freeze holds the load, and tells the change all the same', async () => {
      const ran = await reload('freeze', ...change)
      expect(ran.node('shop')).toMatchObject({ status: 'failed', ledger: { held: 2 } })
      expect(ran.node('shop').message).toContain('the schema changed: column extra is added (bigint)')
      expect(told(ran)).toEqual([added])
      expect(await rows('id')).toEqual([{ id: 1 }])
    })

    it('discard_value leaves it out', async () => {
      const ran = await reload('discard_value', ...change)
      expect(ran.node('shop').status).toBe('success')
      expect(told(ran)).toEqual([added])
      expect(Object.keys((await rows('*'))[0]!)).not.toContain('extra')
    })
  })

  describe('by a column that goes', () => {
    const change = ['alter table people drop code', `insert into people (id) values (2)`]
    const removed = { ...none, column: 'code', change: 'removed', from: 'integer' }

    it.each(['evolve', 'discard_value'])('%s leaves it, NULL in what is loaded', async (policy) => {
      const ran = await reload(policy, ...change)
      expect(ran.node('shop').status).toBe('success')
      expect(told(ran)).toEqual([removed])
      expect(await rows('id, code')).toEqual([
        { id: 1, code: null },
        { id: 2, code: null },
      ])
      await source.run('insert into people (id) values (3)')
      const again = await project.build()
      expect(again.node('shop').ledger).toMatchObject({ inserted: 1 })
      expect(again.events.filter((event) => event.type === 'schema-changed')).toEqual([])
      await source.run('alter table people drop price')
      expect(told(await project.build()).map((change) => change.column)).toEqual(['price', 'code'])
    })

    it.each(['freeze', '{}'])('%s holds the load', async (policy) => {
      const ran = await reload(policy, ...change)
      expect(ran.node('shop')).toMatchObject({ status: 'failed', ledger: { held: 2 } })
      expect(ran.node('shop').message).toContain('the schema changed: column code is removed')
      expect(told(ran)).toEqual([removed])
      expect(await rows('id, code')).toEqual([{ id: 1, code: 7 }])
    })
  })

  describe('by another name of a column', () => {
    const change = [
      'alter table people rename name to full_name',
      `insert into people (id, full_name) values (2, 'Bo')`,
    ]
    const renamed = { column: 'name', change: 'renamed', newName: 'full_name', from: 'text', to: 'text' }

    it('evolve adds the new one and leaves the old one', async () => {
      const ran = await reload('evolve', ...change)
      expect(ran.node('shop').status).toBe('success')
      expect(told(ran)).toEqual([renamed])
      expect(await rows('id, name, full_name')).toEqual([
        { id: 1, name: null, full_name: 'Ada' },
        { id: 2, name: null, full_name: 'Bo' },
      ])
    })

    it('discard_value leaves the new one out', async () => {
      const ran = await reload('discard_value', ...change)
      expect(told(ran)).toEqual([renamed])
      expect(await rows('id, name')).toEqual([
        { id: 1, name: null },
        { id: 2, name: null },
      ])
    })

    it.each(['freeze', '{}'])('%s holds the load, and what it says to do goes on', async (policy) => {
      const ran = await reload(policy, ...change)
      expect(ran.node('shop')).toMatchObject({ status: 'failed', ledger: { held: 2 } })
      expect(told(ran)).toEqual([renamed])
      const [, operation] = /likely renamed to full_name \(if so, add `(.*)` to a stage\)/.exec(
        ran.node('shop').message,
      )!
      expect(operation).toBe('- rename: {full_name: name}')
      const stages = `transform: {stages: [{name: clean, operations: [${operation!.slice(2).replace(/^/, '{')}}]}]}`
      await project.write({ 'pipelines/shop.yml': pipeline(policy, DEAD_LETTER, stages) })
      const next = await project.build()
      expect(next.node('shop').status).toBe('success')
      expect(told(next)).toEqual([])
      expect(await rows('id, name')).toEqual([
        { id: 1, name: 'Ada' },
        { id: 2, name: 'Bo' },
      ])
    })
  })

  describe('by wider types', () => {
    const change = [
      'alter table people alter n type int, alter price type numeric(8,3), alter day type timestamp',
      `insert into people values (2, 'Bo', 32767, 2.5, '2026-02-02', 8)`,
    ]
    const widened = [
      { ...none, column: 'n', change: 'widened', from: 'smallint', to: 'integer' },
      { ...none, column: 'price', change: 'widened', from: 'decimal(6,2)', to: 'decimal(8,3)' },
      { ...none, column: 'day', change: 'widened', from: 'date', to: 'timestamp' },
    ]
    const loaded = [
      { id: 1, n: 1, price: '1.50', day: '2026-01-01' },
      { id: 2, n: 32767, price: '2.50', day: '2026-02-02' },
    ]
    const misfit = `insert into people values (3, 'Cy', 32768, 3, '2026-03-03', 9)`

    it.each(['discard_row', 'freeze', 'discard_value', '{}'])(
      '%s takes values that fit, as they are',
      async (policy) => {
        const ran = await reload(policy, ...change)
        expect(ran.node('shop')).toMatchObject({ status: 'success', ledger: { rejected: 0 } })
        expect(told(ran)).toEqual(widened)
        expect(await rows('id, n, price, day')).toEqual(loaded)
        expect(told(await project.build())).toEqual([])
      },
    )

    it('discard_row rejects the rows of those that do not', async () => {
      const ran = await reload('discard_row', ...change, misfit)
      expect(ran.node('shop').ledger).toMatchObject({ extracted: 3, rejected: 1 })
      expect(await rows('id, n, price, day')).toEqual(loaded)
    })

    it('discard_value leaves those out that do not', async () => {
      const ran = await reload('discard_value', ...change, misfit)
      expect(ran.node('shop')).toMatchObject({
        ledger: { rejected: 0 },
        message: '1 value of n was left out',
      })
      expect((await rows('id, n')).at(-1)).toEqual({ id: 3, n: null })
    })

    it('evolve gives the columns the wider types', async () => {
      const ran = await reload('evolve', ...change, misfit)
      expect(ran.node('shop')).toMatchObject({ status: 'success', message: '', ledger: { rejected: 0 } })
      expect(told(ran)).toEqual(widened)
      expect((await rows('id, n, price, day')).at(-1)).toEqual({
        id: 3,
        n: 32768,
        price: '3.000',
        day: expect.stringMatching(/^2026-03-03.00:00:00/),
      })
      expect(told(await project.build())).toEqual([])
    })

    it.each(['freeze', '{}'])(
      '%s holds the load for one that does not, and names the class',
      async (policy) => {
        const ran = await reload(policy, ...change, misfit)
        expect(ran.node('shop')).toMatchObject({ status: 'failed', ledger: { held: 3 } })
        expect(ran.node('shop').message).toContain('; column n is widened from smallint to integer')
        expect(ran.node('shop').message).not.toContain('column price')
        expect(told(ran)).toEqual(widened)
        expect(await rows('id')).toEqual([{ id: 1 }])
      },
    )

    it('fail-fast holds it whatever the policy', async () => {
      project = await tableProject(warehouse.engine, source.connection, pipeline('discard_row'))
      await project.build()
      await source.run(...change, misfit)
      const ran = await project.build()
      expect(ran.node('shop').message).toMatch(
        /1 of the rows would be rejected, and fail-fast allows none; column n is widened from smallint to integer/,
      )
      expect(await rows('id')).toEqual([{ id: 1 }])
    })
  })

  describe('by another type', () => {
    const change = [
      'alter table people alter code type text',
      `insert into people values (2, 'Bo', 2, 2, '2026-02-02', '8')`,
    ]
    const changed = { ...none, column: 'code', change: 'changed', from: 'integer', to: 'text' }
    const misfit = `insert into people values (3, 'Cy', 3, 3, '2026-03-03', 'many')`

    it.each(['evolve', 'discard_row'])('%s takes what says the same and rejects the rest', async (policy) => {
      const ran = await reload(policy, ...change, misfit)
      expect(ran.node('shop').ledger).toMatchObject({ extracted: 3, rejected: 1 })
      expect(told(ran)).toEqual([changed])
      expect(await rows('id, code')).toEqual([
        { id: 1, code: 7 },
        { id: 2, code: 8 },
      ])
    })

    it.each(['freeze', '{}'])('%s takes what says the same and holds for the rest', async (policy) => {
      const ran = await reload(policy, ...change)
      expect(ran.node('shop').status).toBe('success')
      expect(told(ran)).toEqual([changed])
      await source.run(misfit)
      const next = await project.build()
      expect(next.node('shop').message).toContain('; column code is changed from integer to text')
      expect(await rows('id, code')).toEqual([
        { id: 1, code: 7 },
        { id: 2, code: 8 },
      ])
    })
  })
})
