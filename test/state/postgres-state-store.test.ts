import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStateStore, type StateLocation } from '../../src/state/open-state-store.ts'
import { stateStoreContract } from '../contracts/state-store-contract.ts'
import { type PostgresServer, sharedPostgres } from '../support/postgres-server.ts'
import { runStarted } from '../support/run-events.ts'

type Place = StateLocation & { readonly kind: 'postgres' }

let server: PostgresServer
let database: string
let places = 0

beforeAll(async () => {
  server = await sharedPostgres()
  database = await server.createDatabase()
})

afterAll(async () => {
  await server.close()
})

function newPlace(): Place {
  const { host, port, user, password } = server
  return { kind: 'postgres', host, port, user, password, database, schema: `State "${places++}"` }
}

async function execute(place: StateLocation, sql: string): Promise<void> {
  if (place.kind !== 'postgres') throw new Error('not in Postgres')
  const client = new pg.Client(place)
  await client.connect()
  try {
    if (place.schema !== undefined) {
      await client.query(`set search_path to ${pg.escapeIdentifier(place.schema)}`)
    }
    await client.query(sql)
  } finally {
    await client.end()
  }
}

stateStoreContract('Postgres', async () => newPlace(), execute)

describe('state in Postgres', () => {
  test('keeps to its own schema, and schemas are apart', async () => {
    const [one, two] = [await openStateStore(newPlace()), await openStateStore(newPlace())]
    await one.record([runStarted('r1')])
    expect(await two.run('r1')).toBeUndefined()
    await Promise.all([one.close(), two.close()])
  })

  test('survives its connections being cut', async () => {
    const place = newPlace()
    const store = await openStateStore(place)
    await store.record([runStarted('r1')])
    await execute(
      place,
      `select pg_terminate_backend(pid) from pg_stat_activity
 where application_name = 'waterworks state' and datname = current_database()`,
    )
    await expect.poll(async () => (await store.run('r1'))?.runId).toBe('r1')
    await store.close()
  })

  test('in a schema of something else is refused as it is', async () => {
    const place = newPlace()
    await execute({ ...place, schema: 'public' }, `create schema "${place.schema?.replaceAll('"', '""')}"`)
    await execute(place, 'create table migrations (id integer)')
    await expect(openStateStore(place)).rejects.toMatchObject({ code: 'WW6001' })
    await execute(place, 'insert into migrations values (1)')
  })

  test('that cannot be reached is refused, without the password in the message', async () => {
    const wrong = { ...newPlace(), password: 'wrong-password' }
    const refusal = openStateStore(wrong)
    await expect(refusal).rejects.toMatchObject({ code: 'WW6001' })
    await expect(refusal).rejects.not.toThrow('wrong-password')
    await expect(openStateStore({ ...wrong, port: 1 })).rejects.toMatchObject({ code: 'WW6001' })
  })
})
