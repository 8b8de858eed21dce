import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as a fake API sees it. */
export interface ApiRequest {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: IncomingMessage['headers']
  readonly body: string
  /** How many requests came before it. */
  readonly index: number
}

/** What it answers: a value as JSON, or anything worse. */
export type ApiReply =
  | { readonly json: unknown; readonly status?: number; readonly headers?: Readonly<Record<string, string>> }
  | {
      readonly body: string | Buffer
      readonly status?: number
      readonly headers?: Readonly<Record<string, string>>
    }
  /** Half of the text, and then nothing more: the connection is cut. */
  | { readonly cut: string }
  /** No answer at all. */
  | { readonly silence: true }

export type ApiHandler = (request: ApiRequest) => ApiReply

/** An HTTP server that answers as told, and remembers what it was asked. */
export class FakeApi {
  readonly #server: Server
  readonly #requests: ApiRequest[] = []
  #handler: ApiHandler

  private constructor(handler: ApiHandler) {
    this.#handler = handler
    this.#server = createServer((request, response) => void this.#take(request, response))
  }

  static async start(handler: ApiHandler): Promise<FakeApi> {
    const api = new FakeApi(handler)
    await new Promise<void>((resolve) => api.#server.listen(0, '127.0.0.1', resolve))
    return api
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  get requests(): readonly ApiRequest[] {
    return this.#requests
  }

  /** Forgets what it was asked, and answers anew. */
  reset(handler: ApiHandler = this.#handler): void {
    this.#requests.length = 0
    this.#handler = handler
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const url = new URL(request.url ?? '/', 'http://fake')
    const seen: ApiRequest = {
      method: request.method ?? '',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
      index: this.#requests.length,
    }
    this.#requests.push(seen)
    const reply = this.#handler(seen)
    if ('silence' in reply) return
    if ('cut' in reply) {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': reply.cut.length * 2 })
      response.write(reply.cut, () => response.destroy())
      return
    }
    const body = 'json' in reply ? JSON.stringify(reply.json) : reply.body
    const type = 'json' in reply ? { 'content-type': 'application/json' } : {}
    response.writeHead(reply.status ?? 200, { ...type, ...reply.headers })
    response.end(body)
  }
}

/** A request in one line, for comparing what was asked: method, address with its query in order, body. */
export function describeRequest({ method, path, query, body }: ApiRequest): string {
  const sorted = new URLSearchParams(
    Object.entries(query).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ).toString()
  return [method, sorted === '' ? path : `${path}?${sorted}`, body].filter((part) => part !== '').join(' ')
}
