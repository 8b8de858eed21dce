import { appendFileSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FilesConnector, type FilesSource } from '../../src/connectors/files/files-connector.ts'
import type { SkippedFile } from '../../src/connectors/files/skipped-file.ts'
import { DuckDbEngine } from '../../src/engines/duckdb/duckdb-engine.ts'
import type { Session } from '../../src/engines/engine.ts'
import { connectorContract } from '../contracts/connector-contract.ts'

const engine = new DuckDbEngine({ path: ':memory:' })
let session: Session
const folders: string[] = []

beforeAll(async () => {
  session = await engine.connect()
})

afterAll(async () => {
  await session.close()
  await engine.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

function project(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'ww-files-'))
  folders.push(root)
  for (const [name, text] of Object.entries(files)) put(root, name, text)
  return root
}

function put(root: string, name: string, text: string): void {
  mkdirSync(dirname(join(root, name)), { recursive: true })
  writeFileSync(join(root, name), text)
}

function connect(root: string, path: string, more: Partial<FilesSource> = {}) {
  const skipped: SkippedFile[] = []
  const connector = new FilesConnector({
    root,
    files: [{ table: 'orders', paths: [path], ...more }],
    executor: async () => session,
    onSkip: (skip) => skipped.push(skip),
  })
  const read = async (position: string | null = null, known?: ReadonlySet<string>) => {
    const arrivals = []
    for await (const arrival of connector.read('orders', position, known)) arrivals.push(arrival)
    return arrivals
  }
  return { connector, skipped, read }
}

connectorContract('files', async () => {
  const root = project({ 'in/a.csv': 'id,n\n1,2\n', 'in/b.csv': 'id,n\n3,4\n5,6\n', 'in/c.csv': 'id,n\n' })
  let pulled = 0
  const connector = new FilesConnector({
    root,
    files: [
      { table: 'orders', paths: ['in/*.csv'] },
      { table: 'done', paths: ['in/a.csv'] },
    ],
    executor: async () => {
      pulled++
      return session
    },
  })
  return {
    connector,
    stream: 'orders',
    emptyStream: { name: 'done', position: JSON.stringify({ after: 'in/a.csv' }) },
    pulled: () => pulled,
    dispose: () => connector.close(),
  }
})

describe('files connector', () => {
  it('reads matches in the order of their paths, and no hidden files', async () => {
    const root = project({
      'in/b.csv': 'x,y\n1,2\n',
      'in/2024/a.csv': 'x,y\n3,4\n',
      'in/.partial.csv': 'x,y\n5,6\n',
      'in/.tmp/c.csv': 'x,y\n7,8\n',
    })
    const arrivals = await connect(root, 'in/**/*.csv').read()
    expect(arrivals.map((arrival) => arrival.origin)).toEqual(['in/2024/a.csv', 'in/b.csv'])
  })

  it('takes a path with characters of a glob in it as it is', async () => {
    const root = project({ 'in/a[1].csv': 'x,y\n1,2\n' })
    expect(await connect(root, 'in/a[1].csv').read()).toHaveLength(1)
  })

  it('reads each content once, and says which file repeats which', async () => {
    const root = project({ 'a.csv': 'x,y\n1,2\n', 'b.csv': 'x,y\n3,4\n' })
    copyFileSync(join(root, 'a.csv'), join(root, 'c.csv'))
    const { read, skipped } = connect(root, '*.csv')
    expect((await read()).map((arrival) => arrival.origin)).toEqual(['a.csv', 'b.csv'])
    expect(skipped).toEqual([
      { stream: 'orders', origin: 'c.csv', reason: 'same content as another file', sameAs: 'a.csv' },
    ])
  })

  it('reads what is not known wherever its name sorts, also under another name', async () => {
    const root = project({ 'm.csv': 'x,y\n1,2\n', 'n.csv': 'x,y\n3,4\n' })
    const { read } = connect(root, '*.csv')
    const first = await read()
    const known = new Set(first.map((arrival) => arrival.hash))
    put(root, 'a.csv', 'x,y\n5,6\n')
    copyFileSync(join(root, 'm.csv'), join(root, 'z.csv'))
    const second = await read(first.at(-1)!.position, known)
    expect(second.map((arrival) => arrival.origin)).toEqual(['a.csv'])
  })

  it('reads a file again when its content changes', async () => {
    const root = project({ 'a.csv': 'x,y\n1,2\n' })
    const { read } = connect(root, '*.csv')
    const [first] = await read()
    appendFileSync(join(root, 'a.csv'), '3,4\n')
    const [second] = await read(first!.position, new Set([first!.hash]))
    expect(second?.records).toBe(2)
  })

  it('lists the contents of now for a full reload', async () => {
    const root = project({ 'a.csv': 'x,y\n1,2\n', 'b.csv': 'x,y\n1,2\n', 'c.csv': 'x,y\n3,4\n' })
    const { connector, read } = connect(root, '*.csv')
    const arrivals = await read()
    expect(await connector.current('orders')).toEqual(arrivals.map((arrival) => arrival.hash))
    rmSync(join(root, 'c.csv'))
    expect(await connector.current('orders')).toEqual([arrivals[0]!.hash])
  })

  it('leaves a file that is being written for the next time', async () => {
    const root = project({ 'a.csv': 'x,y\n1,2\n', 'b.csv': 'x,y\n3,4\n' })
    const skipped: SkippedFile[] = []
    const connector = new FilesConnector({
      root,
      files: [{ table: 'orders', paths: ['*.csv'] }],
      executor: async () => {
        // Something writes to b.csv each time a file is looked into.
        appendFileSync(join(root, 'b.csv'), '5,6\n')
        return session
      },
      onSkip: (skip) => skipped.push(skip),
    })
    const origins = []
    for await (const arrival of connector.read('orders', null)) origins.push(arrival.origin)
    expect(origins).toEqual(['a.csv'])
    expect(skipped).toEqual([{ stream: 'orders', origin: 'b.csv', reason: 'still being written' }])
  })

  it('fails when nothing ever matched, and reports it when something had', async () => {
    const root = project({})
    const { read, skipped } = connect(root, 'in/*.csv')
    await expect(read()).rejects.toMatchObject({ code: 'WW4001' })
    expect(await read(null, new Set(['0'.repeat(64)]))).toEqual([])
    expect(skipped).toEqual([{ stream: 'orders', origin: 'in/*.csv', reason: 'nothing matches' }])
  })

  it('names the format it cannot tell', async () => {
    const root = project({ 'a.dat': 'x,y\n1,2\n' })
    await expect(connect(root, 'a.dat').read()).rejects.toMatchObject({ code: 'WW4003' })
    expect(await connect(root, 'a.dat', { format: 'csv' }).read()).toHaveLength(1)
  })
})
