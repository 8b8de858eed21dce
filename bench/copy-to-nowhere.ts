import type { Client, Connection, Submittable } from 'pg'

/** ReadyForQuery, idle: the last message of a statement, in PostgreSQL's protocol ("Message Formats"). */
const READY = Buffer.from([0x5a, 0, 0, 0, 5, 0x49])

/** Has a server send a COPY and drops the bytes as they come: what the network and the server alone allow. Gives their number. */
export function copyToNowhere(client: Client, sql: string): Promise<number> {
  const done = Promise.withResolvers<number>()
  const statement: Submittable & { handleReadyForQuery(): void; handleError(error: Error): void } = {
    handleReadyForQuery: () => undefined,
    handleError: (error) => done.reject(error),
    submit(connection: Connection) {
      const { stream } = connection
      const parsers = stream.listeners('data') as ((bytes: Buffer) => void)[]
      let bytes = 0
      let tail: Buffer = Buffer.alloc(0)
      const drop = (chunk: Buffer) => {
        bytes += chunk.length
        tail = Buffer.concat([tail, chunk.subarray(-READY.length)]).subarray(-READY.length)
        if (!tail.equals(READY)) return
        stream.removeListener('data', drop)
        for (const parse of parsers) stream.on('data', parse)
        for (const parse of parsers) parse.call(stream, READY)
        done.resolve(bytes)
      }
      for (const parse of parsers) stream.removeListener('data', parse)
      stream.on('data', drop)
      connection.query(sql)
    },
  }
  client.query(statement)
  return done.promise
}
