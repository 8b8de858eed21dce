import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { BodySpool } from './body-spool.ts'
import { type HttpRequest, HttpResponse } from './http-message.ts'
import { NetworkError } from './network-error.ts'

export interface TransportOptions {
  /** How long connecting may take, in milliseconds. */
  readonly connectTimeoutMs: number
  /** How long a server may be silent, in milliseconds. */
  readonly silenceTimeoutMs: number
  /** The most bytes a body may have, decompressed. */
  readonly largestBody: number
  /** Where large bodies lie while they are read, absolute. */
  readonly spoolFolder: string
}

const MOST_REDIRECTS = 20
const REDIRECTS = new Set([301, 302, 303, 307, 308])
const DECOMPRESS = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}

/** Sends requests over connections that are kept open, one answer at a time: no retries, no opinions on statuses. */
export class HttpTransport {
  readonly #options: TransportOptions
  readonly #http = new HttpAgent({ keepAlive: true })
  readonly #https = new HttpsAgent({ keepAlive: true })

  constructor(options: TransportOptions) {
    this.#options = options
  }

  /**
   * The answer, after redirects. Credentials do not follow a redirect to another host. Throws NetworkError for a server
   * that cannot be reached, falls silent or breaks off, and the signal's reason when it aborts.
   */
  async send(
    request: HttpRequest,
    signal: AbortSignal,
    timeouts: Partial<TransportOptions> = {},
  ): Promise<HttpResponse> {
    const options = { ...this.#options, ...timeouts }
    let current = request
    for (let hop = 0; ; hop++) {
      const response = await this.#once(current, signal, options)
      const target = REDIRECTS.has(response.status) ? response.header('location') : undefined
      if (target === undefined) return response
      if (hop >= MOST_REDIRECTS) throw new NetworkError('the server redirects without end')
      current = redirected(current, response.status, target)
    }
  }

  close(): void {
    this.#http.destroy()
    this.#https.destroy()
  }

  #once(request: HttpRequest, signal: AbortSignal, options: TransportOptions): Promise<HttpResponse> {
    signal.throwIfAborted()
    const url = parseAddress(request.url)
    const isSecure = url.protocol === 'https:'
    const { promise, resolve, reject } = Promise.withResolvers<HttpResponse>()
    const body = request.body === undefined ? undefined : Buffer.from(request.body, 'utf8')
    const headers: Record<string, string | number> = { ...request.headers }
    if (body !== undefined) headers['Content-Length'] = body.length
    else if (/^(?:POST|PUT|PATCH)$/.test(request.method)) headers['Content-Length'] = 0
    const sent = (isSecure ? httpsRequest : httpRequest)(url, {
      method: request.method,
      headers,
      agent: isSecure ? this.#https : this.#http,
      signal,
    })
    const connecting = setTimeout(
      () => sent.destroy(new NetworkError('the server does not take a connection in time')),
      options.connectTimeoutMs,
    )
    const fail = (error: unknown) => {
      clearTimeout(connecting)
      reject(signal.aborted ? signal.reason : NetworkError.of(error))
    }
    sent.on('socket', (socket) => {
      const arrived = () => clearTimeout(connecting)
      if (socket.connecting) socket.once(isSecure ? 'secureConnect' : 'connect', arrived)
      else arrived()
    })
    sent.setTimeout(options.silenceTimeoutMs, () => sent.destroy(new NetworkError('the server fell silent')))
    sent.on('error', fail)
    sent.on('response', (message) => {
      collect(message, options).then((content) => {
        resolve(new HttpResponse(message.statusCode ?? 0, request.url, headersOf(message), content))
      }, fail)
    })
    sent.end(body)
    return promise
  }
}

function parseAddress(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new NetworkError('the address is none of http or https', 'address')
  }
  return url
}

/** Every value of a header that comes several times, with commas between. */
function headersOf(message: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {}
  const known = new Map<string, string>()
  for (let at = 0; at + 1 < message.rawHeaders.length; at += 2) {
    const [name, value] = [message.rawHeaders[at]!, message.rawHeaders[at + 1]!]
    const as = known.get(name.toLowerCase()) ?? name
    known.set(name.toLowerCase(), as)
    headers[as] = headers[as] === undefined ? value : `${headers[as]}, ${value}`
  }
  return headers
}

async function collect(
  message: IncomingMessage,
  { largestBody, spoolFolder }: TransportOptions,
): Promise<BodySpool> {
  const spool = new BodySpool(spoolFolder)
  try {
    for await (const chunk of decompressed(message)) {
      if (spool.size + chunk.length > largestBody) {
        message.destroy()
        throw new NetworkError(`the body has more than ${largestBody} bytes`, 'size')
      }
      spool.add(chunk)
    }
    // A connection that breaks may look like an end.
    if (!message.complete) throw new NetworkError('the server broke off in the middle of its answer')
    return spool
  } catch (error) {
    spool.release()
    throw error
  }
}

function decompressed(message: IncomingMessage): Readable {
  const encoding = message.headers['content-encoding']?.trim().toLowerCase() ?? ''
  if (!Object.hasOwn(DECOMPRESS, encoding)) return message
  const stream = DECOMPRESS[encoding as keyof typeof DECOMPRESS]()
  message.on('error', (error) => stream.destroy(error))
  return message.pipe(stream)
}

function redirected(request: HttpRequest, status: number, target: string): HttpRequest {
  const from = parseAddress(request.url)
  if (!URL.canParse(target, from.href))
    throw new NetworkError('the server redirects to what is no address', 'address')
  const to = new URL(target, from)
  const turnsToGet =
    (status === 303 && request.method !== 'HEAD') || (status < 303 && request.method === 'POST')
  const dropped = new Set<string>()
  if (turnsToGet)
    for (const name of ['content-type', 'content-length', 'transfer-encoding']) dropped.add(name)
  if (to.host !== from.host || (from.protocol === 'https:' && to.protocol === 'http:')) {
    for (const name of ['authorization', 'cookie', 'proxy-authorization']) dropped.add(name)
  }
  const headers = Object.entries(request.headers).filter(([name]) => !dropped.has(name.toLowerCase()))
  return {
    method: turnsToGet ? 'GET' : request.method,
    url: to.href,
    headers: Object.fromEntries(headers),
    body: turnsToGet ? undefined : request.body,
  }
}
