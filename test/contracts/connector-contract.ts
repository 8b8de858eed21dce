import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { batchRows } from '../../src/batch/batch-rows.ts'
import type { Arrival, Connector } from '../../src/connectors/connector.ts'

/** A connector over a source that the suite knows the content of. */
export interface ConnectorFixture {
  readonly connector: Connector
  /** A stream with at least three arrivals. */
  readonly stream: string
  /** A stream of the same connector that has nothing to give (and is not an error). */
  readonly emptyStream: { readonly name: string; readonly position: string | null }
  /** How many pieces were fetched from the source so far. */
  pulled(): number
  dispose(): Promise<void>
}

/** What every connector must do; a connector's own test file runs it over a real source. */
export function connectorContract(name: string, create: () => Promise<ConnectorFixture>): void {
  describe(`${name} keeps the connector contract`, () => {
    let fixture: ConnectorFixture

    beforeEach(async () => {
      fixture = await create()
    })

    afterEach(async () => {
      await fixture.dispose()
    })

    it('discovers its streams, each once', async () => {
      const streams = await fixture.connector.discover()
      const names = streams.map((stream) => stream.name)
      expect(names).toContain(fixture.stream)
      expect(new Set(names).size).toBe(names.length)
    })

    it('reads everything, the same way every time', async () => {
      const first = await readAll(fixture, null)
      const second = await readAll(fixture, null)
      expect(first.length).toBeGreaterThanOrEqual(3)
      expect(second).toEqual(first)
    })

    it('goes on after any position without gap or double', async () => {
      const all = await readAll(fixture, null)
      for (const [index, { position }] of all.entries()) {
        expect(await readAll(fixture, position)).toEqual(all.slice(index + 1))
      }
    })

    it('fetches one piece when one is asked for', async () => {
      const before = fixture.pulled()
      const arrivals = fixture.connector.read(fixture.stream, null)[Symbol.asyncIterator]()
      expect(fixture.pulled()).toBe(before)
      const { value } = await arrivals.next()
      if (value !== undefined) await identity(value)
      await new Promise((resolve) => setTimeout(resolve, 20))
      expect(fixture.pulled()).toBe(before + 1)
      await arrivals.return?.(undefined)
    })

    it('gives nothing where there is nothing', async () => {
      const { name: stream, position } = fixture.emptyStream
      const arrivals: Arrival[] = []
      for await (const arrival of fixture.connector.read(stream, position)) arrivals.push(arrival)
      expect(arrivals).toEqual([])
    })

    it('may be left in the middle of a read, and closed twice', async () => {
      for await (const arrival of fixture.connector.read(fixture.stream, null)) {
        expect(arrival.position).not.toBe('')
        break
      }
      await fixture.connector.close()
      await fixture.connector.close()
    })
  })
}

/** What makes each arrival the one it is. */
interface Identity {
  readonly position: string
  readonly content: unknown
}

async function readAll(
  { connector, stream }: ConnectorFixture,
  position: string | null,
): Promise<Identity[]> {
  const arrivals: Identity[] = []
  for await (const arrival of connector.read(stream, position)) arrivals.push(await identity(arrival))
  return arrivals
}

async function identity(arrival: Arrival): Promise<Identity> {
  const { position } = arrival
  if (arrival.kind === 'file') return { position, content: [arrival.origin, arrival.hash, arrival.records] }
  let rows: unknown[] = []
  await arrival.writeTo({
    restart: async () => {
      rows = []
    },
    write: async (batch) => void rows.push(...batchRows(batch)),
  })
  return { position, content: rows }
}
