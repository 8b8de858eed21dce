import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { WaterworksError } from '../../src/errors/waterworks-error.ts'
import { OwnerClient } from '../../src/owner/owner-client.ts'
import { readRows } from '../../src/owner/reader.ts'
import { type Observed, type PollOrder, pollOrder } from './poll-protocol.ts'

/**
 * A process of its own that reads at full speed until its input ends, on several connections at once, and then prints
 * what it saw: `node polling-reader.ts <order>`.
 */
type Read = (sql: string) => Promise<string>

const order = pollOrder.parse(JSON.parse(process.argv[2] ?? ''))
let stopping = false
process.stdin.on('end', () => {
  stopping = true
})
process.stdin.resume()

const CONNECTIONS = 3

async function poll(): Promise<Observed> {
  const observed: Observed = { reads: {}, sequences: {}, errors: [] }
  const read = await connect(order)
  for (let next = 0; !stopping; next++) {
    const [name, sql] = order.queries[next % order.queries.length] ?? ['', '']
    const seen = await read(sql).catch((error: unknown) => {
      if (error instanceof NobodyThere) return undefined
      observed.errors.push(`${name}: ${String(error)}`)
      return undefined
    })
    if (seen === undefined) {
      // Between builds nobody owns the file.
      await sleep(1)
      continue
    }
    observed.reads[name] = (observed.reads[name] ?? 0) + 1
    const sequence = observed.sequences[name] ?? []
    if (sequence.at(-1) !== seen) observed.sequences[name] = [...sequence, seen]
  }
  return observed
}

class NobodyThere extends Error {}

async function connect(to: PollOrder): Promise<Read> {
  if (to.via === 'postgres') {
    const client = new pg.Client(to.server)
    await client.connect()
    return async (sql) => JSON.stringify((await client.query({ text: sql, rowMode: 'array' })).rows)
  }
  let client: OwnerClient | undefined
  return async (sql) => {
    client ??= await OwnerClient.connect(to.socket)
    if (client === undefined) throw new NobodyThere()
    try {
      return JSON.stringify((await readRows(client, sql)).map((row) => Object.values(row).map(String)))
    } catch (error) {
      const left = error instanceof WaterworksError && error.code === 'WW6013'
      if (left) client = undefined
      throw left ? new NobodyThere() : error
    }
  }
}

process.stdout.write('ready\n')
const all = await Promise.all(Array.from({ length: CONNECTIONS }, poll))
process.stdout.write(`${JSON.stringify(all)}\n`)
process.exit(0)
