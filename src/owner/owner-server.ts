import { once } from 'node:events'
import { chmodSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { logicalTypeName } from '../batch/logical-type-name.ts'
import type { Engine } from '../engines/engine.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import { encodeLine, type Response, type RowPage, requestSchema } from './owner-protocol.ts'
import { SessionReader } from './session-reader.ts'

/**
 * The owner of an embedded warehouse lets other processes of the same user read it through a socket while it works.
 * Each connection has a session of its own, so readers see committed data and never wait for a build.
 */
export class OwnerServer {
  readonly #engine: Engine
  readonly #path: string
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #serving = new Set<Promise<void>>()

  private constructor(engine: Engine, path: string) {
    this.#engine = engine
    this.#path = path
    this.#server = createServer((socket) => {
      // What breaks a connection (a client that vanishes) is that connection's end, and nobody else's.
      const serving = this.#serve(socket)
        .catch(() => undefined)
        .finally(() => {
          socket.destroy()
          this.#sockets.delete(socket)
          this.#serving.delete(serving)
        })
      this.#serving.add(serving)
    })
  }

  /**
   * Listens at `path`. Call it only while holding the warehouse file's lock: a socket found there is then stale.
   */
  static async listen(engine: Engine, path: string): Promise<OwnerServer> {
    const owner = new OwnerServer(engine, path)
    if (process.platform !== 'win32') rmSync(path, { force: true })
    owner.#server.listen(path)
    await once(owner.#server, 'listening')
    if (process.platform !== 'win32') chmodSync(path, 0o600)
    owner.#server.unref()
    return owner
  }

  /** Sends readers away, stops their queries and closes their sessions: an engine may be closed only after them. */
  async close(): Promise<void> {
    this.#server.close()
    for (const socket of this.#sockets) socket.destroy()
    await Promise.all(this.#serving)
    if (process.platform !== 'win32') rmSync(this.#path, { force: true })
  }

  async #serve(socket: Socket): Promise<void> {
    this.#sockets.add(socket)
    socket.on('error', () => socket.destroy())
    const reader = await SessionReader.open(this.#engine)
    const lines = createInterface({ input: socket, crlfDelay: Number.POSITIVE_INFINITY })
    let stopping: NodeJS.Timeout | undefined
    // A client that goes away takes its query with it; one that is just beginning would not notice a single call.
    const stop = () => {
      // A socket that is destroyed does not end, and its lines would be waited for.
      lines.close()
      void reader.interrupt()
      stopping ??= setInterval(() => void reader.interrupt(), 20)
    }
    socket.on('close', stop)
    try {
      if (socket.destroyed) return
      for await (const line of lines) await answer(reader, socket, line)
    } finally {
      socket.off('close', stop)
      clearInterval(stopping)
      await reader.close()
    }
  }
}

async function answer(reader: SessionReader, socket: Socket, line: string): Promise<void> {
  try {
    const { sql, params, describe } = parseRequest(line)
    const pages = describe ? described(reader, sql) : reader.query(sql, params)
    for await (const page of pages) {
      await send(socket, { columns: [...page.columns], rows: page.rows.map((row) => [...row]) })
    }
    await send(socket, { end: true })
  } catch (error) {
    if (!socket.writable) return
    const known = error instanceof WaterworksError ? error : undefined
    const message = known?.message ?? 'the owner of the warehouse failed to answer'
    const hint = known?.hint
    await send(socket, {
      error: { code: known?.code ?? 'WW9001', message, ...(hint === undefined ? {} : { hint }) },
    })
  }
}

async function* described(reader: SessionReader, sql: string): AsyncIterable<RowPage> {
  const fields = await reader.fields(sql)
  yield { columns: ['name', 'type'], rows: fields.map(({ name, type }) => [name, logicalTypeName(type)]) }
}

function parseRequest(line: string) {
  try {
    return requestSchema.parse(JSON.parse(line))
  } catch (cause) {
    throw new WaterworksError('WW6012', { message: 'the request is not of the owner’s protocol', cause })
  }
}

/** Waits while the client is slow; throws WW6012 when it has gone, which ends its query. */
async function send(socket: Socket, response: Response): Promise<void> {
  if (!socket.writable) throw new WaterworksError('WW6012', { message: 'the reader went away' })
  if (socket.write(encodeLine(response))) return
  await new Promise<void>((resolve) => {
    const proceed = () => {
      socket.off('drain', proceed).off('close', proceed)
      resolve()
    }
    socket.on('drain', proceed).on('close', proceed)
  })
}
