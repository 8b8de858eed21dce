import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DbtHarness } from '../../support/dbt-harness.ts'
import { type TestEngine, testEngines } from '../../support/engines.ts'

type Config = Readonly<Record<string, unknown>>

describe.each(Object.keys(testEngines))('snapshots on %s', (name) => {
  let engine: TestEngine
  let harness: DbtHarness

  beforeAll(async () => {
    engine = await testEngines[name]!()
  })
  beforeEach(async () => {
    harness = await DbtHarness.open(engine.engine)
    return () => harness.close()
  })
  afterAll(() => engine.close())

  /** Snapshots a query of rows `id v day`, written `1 a 1`; the day is of January 2024. */
  const take = (rows: readonly string[], config: Config, mode: 'gated' | 'immediately') => {
    const selects = rows.map((row) => {
      const [id, v, day] = row.split(' ')
      const value = v === '-' ? 'cast(null as varchar)' : `cast('${v}' as varchar)`
      return `select ${id} as id, ${value} as v, timestamp '2024-01-0${day} 00:00:00' as changed`
    })
    const sql = selects.length > 0 ? selects.join(' union all ') : `select * from (${none}) as n where false`
    return harness.build(
      { name: 's', sql, config: { materialized: 'snapshot', unique_key: 'id', ...config } },
      mode,
    )
  }
  const none = "select 1 as id, cast('' as varchar) as v, timestamp '2024-01-01 00:00:00' as changed"
  const history = async (columns = "v, dbt_valid_from, dbt_valid_to, ''") =>
    (await harness.rows(`select id, ${columns} as extra from lab.s order by id, dbt_valid_from, v`)).map(
      (row) =>
        Object.values(row)
          .map((value) =>
            typeof value === 'string' && value.startsWith('2024-01') ? value.slice(8, 10) : value,
          )
          .join(' ')
          .trim(),
    )

  const timestamp = { strategy: 'timestamp', updated_at: 'changed' }

  describe.each(['gated', 'immediately'] as const)('%s', (mode) => {
    it('keep versions by a timestamp', async () => {
      await take(['1 a 1', '2 b 1'], timestamp, mode)
      await take(['1 a 1', '2 c 2', '3 d 2'], timestamp, mode)
      await take(['1 a 1', '2 c 2', '3 d 2'], timestamp, mode)
      expect(await history()).toEqual(['1 a 01', '2 b 01 02', '2 c 02', '3 d 02'])
    })

    it('keep versions by the columns that change', async () => {
      const check = (check_cols: unknown) => ({ strategy: 'check', updated_at: 'changed', check_cols })
      await take(['1 a 1', '2 b 1'], check(['v']), mode)
      await take(['1 a 2', '2 - 2'], check(['v']), mode)
      await take(['1 a 3', '2 - 3'], check(['v']), mode)
      expect(await history()).toEqual(['1 a 01', '2 b 01 02', '2  02'])
      await take(['1 a 4', '2 - 4'], check('all'), mode)
      expect(await history('v')).toHaveLength(5)
    })

    it('do with rows that are gone what hard_deletes says', async () => {
      await take(['1 a 1', '2 b 1'], timestamp, mode)
      await take(['1 a 1'], timestamp, mode)
      expect(await history('v, dbt_valid_to is null')).toEqual(['1 a true', '2 b true'])
      await take(['1 a 1'], { ...timestamp, hard_deletes: 'invalidate' }, mode)
      expect(await history('v, dbt_valid_to is null')).toEqual(['1 a true', '2 b false'])
    })

    it('mark rows that are gone with records of their own', async () => {
      const config = { ...timestamp, hard_deletes: 'new_record' }
      const seen = 'v, dbt_is_deleted, dbt_valid_to is null'
      await take(['1 a 1', '2 b 1'], config, mode)
      await take(['1 a 1'], config, mode)
      await take(['1 a 1'], config, mode)
      expect(await history(seen)).toEqual(['1 a False true', '2 b False false', '2 b True true'])
      await take(['1 a 1', '2 b 3'], config, mode)
      expect((await history(seen)).toSorted()).toEqual([
        '1 a False true',
        '2 b False false',
        '2 b False true',
        '2 b True false',
      ])
    })

    it('have names and an end of what holds as they are told', async () => {
      const config = {
        ...timestamp,
        dbt_valid_to_current: "timestamp '9999-12-31 00:00:00'",
        snapshot_meta_column_names: { dbt_valid_from: 'since', dbt_valid_to: 'until' },
      }
      await take(['1 a 1'], config, mode)
      await take(['1 b 2'], config, mode)
      const rows = await harness.rows('select v, since, until from lab.s order by since')
      expect(rows.map((row) => [row['v'], row['since'], row['until']].join(' '))).toEqual([
        'a 2024-01-01T00:00:00 2024-01-02T00:00:00',
        'b 2024-01-02T00:00:00 9999-12-31T00:00:00',
      ])
    })

    it('take keys of several columns, and columns that are new', async () => {
      const config = { materialized: 'snapshot', unique_key: ['a', 'b'], ...timestamp }
      const rows = (extra: string, day: number) =>
        `select 1 as a, 1 as b, timestamp '2024-01-0${day} 00:00:00' as changed${extra} union all
         select 1, 2, timestamp '2024-01-01 00:00:00'${extra.replace(' as w', '')}`
      await harness.build({ name: 's', sql: rows('', 1), config }, mode)
      await harness.build({ name: 's', sql: rows(', 5 as w', 2), config }, mode)
      expect(
        await harness.rows('select b, w, dbt_valid_to is null as holds from lab.s order by b, w'),
      ).toEqual(
        expect.arrayContaining([
          { b: 1, w: null, holds: false },
          { b: 1, w: 5, holds: true },
          { b: 2, w: null, holds: true },
        ]),
      )
    })

    it('refuse a table that is none, and settings that contradict', async () => {
      await harness.session.execute('create table lab.s (id integer)')
      await expect(take(['1 a 1'], timestamp, mode)).rejects.toMatchObject({
        code: 'WW1212',
        message: expect.stringContaining('dbt_scd_id, dbt_valid_from, dbt_valid_to'),
      })
      const both = { ...timestamp, hard_deletes: 'ignore', invalidate_hard_deletes: true }
      await expect(take(['1 a 1'], both, mode)).rejects.toMatchObject({ code: 'WW1212' })
      const unknown = { strategy: 'nothing' }
      await expect(take(['1 a 1'], unknown, mode)).rejects.toMatchObject({
        code: 'WW2101',
        message: expect.stringContaining('snapshot_nothing_strategy'),
      })
    })
  })
})
