import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import type { Field, LogicalType } from '../batch/logical-type.ts'
import { parseLogicalType } from '../batch/parse-logical-type.ts'
import type { Scalar } from '../engines/dialect.ts'
import { type ErrorCode, errorCatalogue } from '../errors/catalogue.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import { encodeLine, type Request, type Response, type RowPage, responseSchema } from './owner-protocol.ts'
import type { Reader } from './reader.ts'

/** Reads a warehouse through the process that owns it. */
export class OwnerClient implements Reader {
  readonly #socket: Socket
  readonly #lines: AsyncIterator<string>

  private constructor(socket: Socket) {
    this.#socket = socket
    this.#lines = createInterface({ input: socket, crlfDelay: Number.POSITIVE_INFINITY })[
      Symbol.asyncIterator
    ]()
  }

  /** A client, or undefined when nobody listens at `path`. */
  static async connect(path: string): Promise<OwnerClient | undefined> {
    const socket = connect(path)
    try {
      await once(socket, 'connect')
    } catch {
      return undefined
    }
    // What ends a connection shows when the next line is asked for.
    socket.on('error', () => socket.destroy())
    return new OwnerClient(socket)
  }

  query(sql: string, params: readonly Scalar[] = []): AsyncIterable<RowPage> {
    return this.#ask({ sql, params: [...params] })
  }

  async fields(sql: string): Promise<readonly Field[]> {
    const fields: Field[] = []
    for await (const { rows } of this.#ask({ sql, params: [], describe: true })) {
      for (const [name, type] of rows) fields.push({ name: String(name), type: typeNamed(String(type)) })
    }
    return fields
  }

  /** The owner stops the query of a reader that went away. */
  async interrupt(): Promise<void> {
    this.#socket.destroy()
  }

  async *#ask(request: Request): AsyncIterable<RowPage> {
    this.#socket.write(encodeLine(request))
    let finished = false
    try {
      for (;;) {
        const response = await this.#next()
        if ('rows' in response) {
          yield response
          continue
        }
        finished = true
        if ('error' in response) throw remoteError(response.error)
        return
      }
    } finally {
      // Pages left unread would be taken for the next answer.
      if (!finished) this.#socket.destroy()
    }
  }

  async close(): Promise<void> {
    this.#socket.destroy()
  }

  async #next(): Promise<Response> {
    const line = await this.#lines.next().catch((cause: unknown) => {
      throw new WaterworksError('WW6013', { message: GONE, cause })
    })
    if (line.done) throw new WaterworksError('WW6013', { message: GONE })
    return responseSchema.parse(JSON.parse(line.value))
  }
}

function typeNamed(name: string): LogicalType {
  const type = parseLogicalType(name)
  if (type !== undefined) return type
  throw new WaterworksError('WW6012', { message: `the owner names a type ${name} that is not known here` })
}

const GONE = 'the process that owns the warehouse went away'

function remoteError(error: { code: string; message: string; hint?: string | undefined }): WaterworksError {
  const code: ErrorCode = isCode(error.code) ? error.code : 'WW9001'
  return new WaterworksError(code, { message: error.message, hint: error.hint })
}

function isCode(code: string): code is ErrorCode {
  return code in errorCatalogue
}
