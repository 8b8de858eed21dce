import { mkdtempSync, writeFileSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, describe, expect, test } from 'vitest'
import { openStateStore, type StateLocation } from '../../src/state/open-state-store.ts'
import { stateStoreContract } from '../contracts/state-store-contract.ts'
import { runStarted } from '../support/run-events.ts'

const folder = mkdtempSync(join(tmpdir(), 'waterworks-state-'))
let places = 0
const newPath = (): string => join(folder, String(places++), 'state.db')

afterAll(async () => {
  await rm(folder, { recursive: true })
})

stateStoreContract(
  'SQLite',
  async () => ({ kind: 'sqlite', path: newPath() }),
  async (place, sql) => {
    using database = new DatabaseSync(pathOf(place))
    database.exec(sql)
  },
)

describe('a state file', () => {
  test('that is no database is refused as it is', async () => {
    const path = join(folder, 'noise.db')
    writeFileSync(path, 'not a database, but long enough to have a header of the right length'.repeat(20))
    const before = await readFile(path)
    await expect(openStateStore({ kind: 'sqlite', path })).rejects.toMatchObject({ code: 'WW6001' })
    expect(await readFile(path)).toEqual(before)
  })

  test('of something else is refused as it is', async () => {
    const path = join(folder, 'foreign.db')
    const foreign = new DatabaseSync(path)
    foreign.exec('create table customers (id integer)')
    foreign.close()
    const before = await readFile(path)
    await expect(openStateStore({ kind: 'sqlite', path })).rejects.toMatchObject({ code: 'WW6001' })
    expect(await readFile(path)).toEqual(before)
  })

  test('in a place that is no folder is refused', async () => {
    const file = join(folder, 'file')
    await writeFile(file, '')
    const path = join(file, 'state.db')
    await expect(openStateStore({ kind: 'sqlite', path })).rejects.toMatchObject({ code: 'WW6001' })
  })

  test('that lost a page says so', async () => {
    const path = newPath()
    const store = await openStateStore({ kind: 'sqlite', path })
    await store.record([runStarted('r1')])
    await store.close()
    const bytes = await readFile(path)
    await writeFile(path, bytes.fill(0xff, 4096))
    await expect(
      openStateStore({ kind: 'sqlite', path }).then(async (damaged) => {
        try {
          await damaged.run('r1')
        } finally {
          await damaged.close()
        }
      }),
    ).rejects.toMatchObject({ code: expect.stringMatching(/^WW600[14]$/) })
  })

  test('is written while another process holds its lock for a while', async () => {
    const path = newPath()
    const store = await openStateStore({ kind: 'sqlite', path })
    const other = new DatabaseSync(path)
    other.exec('begin immediate')
    const recorded = store.record([runStarted('r1')])
    const ticks = await new Promise<number>((resolve) => {
      let count = 0
      const timer = setInterval(() => {
        count++
        if (count < 10) return
        clearInterval(timer)
        other.exec('commit')
        resolve(count)
      }, 5)
    })
    await recorded
    expect(ticks).toBe(10)
    expect(await store.run('r1')).toBeDefined()
    other.close()
    await store.close()
  })
})

function pathOf(place: StateLocation): string {
  if (place.kind !== 'sqlite') throw new Error('not a file')
  return place.path
}
