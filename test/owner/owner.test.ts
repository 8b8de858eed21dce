import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DuckDbEngine } from '../../src/engines/duckdb/duckdb-engine.ts'
import type { Engine } from '../../src/engines/engine.ts'
import { OwnerClient } from '../../src/owner/owner-client.ts'
import { encodeLine, responseSchema } from '../../src/owner/owner-protocol.ts'
import { OwnerServer } from '../../src/owner/owner-server.ts'
import { readRows } from '../../src/owner/reader.ts'
import { socketPath } from '../../src/owner/socket-path.ts'

describe('the owner of a warehouse file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'waterworks-owner-'))
  const path = join(folder, 'owner.sock')
  const engine = new DuckDbEngine({ path: join(folder, 'warehouse.duckdb') })
  let server: OwnerServer

  beforeAll(async () => {
    server = await OwnerServer.listen(engine, path)
  })

  afterAll(async () => {
    await server.close()
    await engine.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function client(): Promise<OwnerClient> {
    const connected = await OwnerClient.connect(path)
    if (connected === undefined) throw new Error('nobody listens')
    return connected
  }

  it('answers queries with names, values and parameters', async () => {
    const reader = await client()
    const sql = `select $1::bigint as big, $2::varchar as text, 1.5::decimal(4,2) as money, 'nan'::double as odd, null as none`
    expect(await readRows(reader, sql, [9007199254740993n, 'it’s'])).toEqual([
      { big: 9007199254740993n, text: 'it’s', money: '1.50', odd: Number.NaN, none: null },
    ])
    await reader.close()
  })

  it('names the columns of an empty result', async () => {
    const reader = await client()
    const pages = await Array.fromAsync(reader.query('select 1 as a, 2 as b where false'))
    expect(pages).toEqual([{ columns: ['a', 'b'], rows: [] }])
    await reader.close()
  })

  it('streams more rows than one page holds', async () => {
    const reader = await client()
    let rows = 0
    for await (const page of reader.query('select range as n from range(100000)')) rows += page.rows.length
    expect(rows).toBe(100_000)
    await reader.close()
  })

  it('refuses whatever is not one query, and goes on answering', async () => {
    const reader = await client()
    for (const sql of [
      'create table t (a int)',
      'select 1; select 2',
      'begin',
      "copy (select 1) to '/tmp/x.csv'",
    ]) {
      await expect(readRows(reader, sql), sql).rejects.toMatchObject({ code: 'WW6011' })
    }
    await expect(readRows(reader, 'select * from nowhere')).rejects.toMatchObject({ code: 'WW3001' })
    expect(await readRows(reader, 'select 1 as a')).toEqual([{ a: 1 }])
    await reader.close()
  })

  it('shows readers what is committed, and nothing before', async () => {
    const session = await engine.connect()
    const reader = await client()
    await session.execute('create table committed (a integer)')
    await session.transaction(async (transaction) => {
      await transaction.execute('insert into committed values (1)')
      expect(await readRows(reader, 'select count(*) as n from committed')).toEqual([{ n: 0 }])
    })
    expect(await readRows(reader, 'select count(*) as n from committed')).toEqual([{ n: 1 }])
    await reader.close()
    await session.close()
  })

  it('outlives clients that send rubbish or leave in the middle', async () => {
    const rubbish = connect(path)
    rubbish.write('{"sql": 1}\nnot json\n\u0000\n')
    rubbish.end()
    const leaving = await client()
    for await (const _page of leaving.query('select range as n from range(10000000)')) break
    const reader = await client()
    expect(await readRows(reader, 'select 1 as a')).toEqual([{ a: 1 }])
    await reader.close()
  })

  it.skipIf(process.platform === 'win32')('lets only its own user in', () => {
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('tells a client whose owner dies that it went away', async () => {
    const dying = join(folder, 'dying.sock')
    // What a process leaves unread when it ends resets the connection instead of ending it.
    const owner = createServer({ pauseOnConnect: true }, (socket) => setTimeout(() => socket.destroy(), 20))
    await new Promise<void>((resolve) => owner.listen(dying, resolve))
    const reader = await OwnerClient.connect(dying)
    if (reader === undefined) throw new Error('nobody listens')
    await expect(readRows(reader, 'select 1')).rejects.toMatchObject({ code: 'WW6013' })
    await expect(readRows(reader, 'select 1')).rejects.toMatchObject({ code: 'WW6013' })
    await new Promise((resolve) => owner.close(resolve))
  })

  it('has no session left once it is closed, whatever readers were in the middle of', async () => {
    let sessions = 0
    const counted: Engine = {
      dialect: engine.dialect,
      capabilities: engine.capabilities,
      classify: (sql) => engine.classify(sql),
      prepareTarget: (schemas) => engine.prepareTarget(schemas),
      checkpoint: () => engine.checkpoint(),
      close: () => engine.close(),
      async connect() {
        const session = await engine.connect()
        sessions += 1
        const close = session.close.bind(session)
        session.close = async () => {
          await close()
          sessions -= 1
        }
        return session
      },
    }
    const closing = join(folder, 'closing.sock')
    const owner = await OwnerServer.listen(counted, closing)
    const asked = Array.from({ length: 3 }, async () => {
      const reader = await OwnerClient.connect(closing)
      if (reader === undefined) throw new Error('nobody listens')
      return readRows(reader, 'select count(*) as n from range(100000000000) as r(x) where x % 7 = 3')
    })
    const ends = Promise.allSettled(asked)
    while (sessions < 3) await new Promise((resolve) => setTimeout(resolve, 10))
    await owner.close()
    expect(sessions).toBe(0)
    for (const end of await ends) {
      expect(end).toMatchObject({ status: 'rejected', reason: { code: 'WW6013' } })
    }
  })

  it('gives no client where nobody listens', async () => {
    expect(await OwnerClient.connect(join(folder, 'nobody.sock'))).toBeUndefined()
  })
})

describe('the owner’s socket', () => {
  it('stands in the project, or under a short name when the path is too long for a socket', () => {
    expect(socketPath('/srv/project')).toBe('/srv/project/.waterworks/owner.sock')
    const long = socketPath(`/srv/${'deep/'.repeat(40)}`)
    expect(Buffer.byteLength(long)).toBeLessThan(104)
    expect(long).toBe(socketPath(`/srv/${'deep/'.repeat(40)}`))
  })
})

describe('the owner’s protocol', () => {
  it('carries every scalar unchanged, a line each', () => {
    const scalar = fc.oneof(
      fc.constant(null),
      fc.boolean(),
      fc.double({ noDefaultInfinity: false }).map((number) => (Object.is(number, -0) ? 0 : number)),
      fc.bigInt(),
      fc.string({ unit: 'binary' }),
    )
    fc.assert(
      fc.property(fc.array(fc.array(scalar)), (rows) => {
        const line = encodeLine({ columns: ['a'], rows })
        expect(line.indexOf('\n')).toBe(line.length - 1)
        expect(responseSchema.parse(JSON.parse(line))).toEqual({ columns: ['a'], rows })
      }),
    )
  })
})
