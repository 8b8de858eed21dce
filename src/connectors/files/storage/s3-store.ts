import { AwsClient } from 'aws4fetch'
import { WaterworksError } from '../../../errors/waterworks-error.ts'
import { type RemoteFile, RemoteFileChanged, type RemoteStore } from './remote-store.ts'
import { parseListing } from './s3-listing.ts'

export interface S3Place {
  /** Of a service other than Amazon's. */
  readonly endpoint: string | undefined
  readonly region: string
  /** Requests are not signed without. */
  readonly credentials: S3Credentials | undefined
  /** Whether the bucket stands in the path, rather than before the host's name. */
  readonly addressing: 'path' | 'host'
  /** How long it may say nothing. */
  readonly timeoutMs: number
  readonly retries: number
}

export interface S3Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string | undefined
}

/** Buckets of a service that speaks Amazon's S3. Paths begin with the bucket. */
export class S3Store implements RemoteStore {
  readonly scheme = 's3://'
  readonly #place: S3Place
  readonly #client: AwsClient | undefined

  constructor(place: S3Place) {
    this.#place = place
    const { credentials, region } = place
    this.#client =
      credentials &&
      new AwsClient({
        accessKeyId: credentials.accessKeyId,
        secretAccessKey: credentials.secretAccessKey,
        ...(credentials.sessionToken === undefined ? {} : { sessionToken: credentials.sessionToken }),
        region,
        service: 's3',
        retries: 0,
      })
  }

  /** By pages of a thousand, from the prefix on: what lies elsewhere in the bucket is never listed. */
  async *list(prefix: string): AsyncGenerator<RemoteFile> {
    const { bucket, key } = split(prefix)
    for (let next: string | undefined, first = true; first || next !== undefined; first = false) {
      const url = this.#url(bucket, '')
      url.searchParams.set('list-type', '2')
      url.searchParams.set('prefix', key)
      if (next !== undefined) url.searchParams.set('continuation-token', next)
      const response = await this.#insist(url, `s3://${prefix}`)
      const page = parseListing(await response.text())
      for (const file of page.files) {
        // What ends with a slash stands for a folder.
        if (!file.path.endsWith('/')) yield { ...file, path: `${bucket}/${file.path}` }
      }
      next = page.next
    }
  }

  async look(path: string): Promise<RemoteFile | undefined> {
    for await (const file of this.list(path)) if (file.path === path) return file
    return undefined
  }

  async open(file: RemoteFile, from: number): Promise<AsyncIterable<Uint8Array>> {
    const { bucket, key } = split(file.path)
    const headers: Record<string, string> = { 'if-match': file.version }
    if (from > 0) headers['range'] = `bytes=${from}-`
    const response = await this.#send(this.#url(bucket, key), headers)
    if (response.status === 412 || response.status === 404 || response.status === 416) {
      throw new RemoteFileChanged(file.path)
    }
    if (!response.ok || response.body === null || (from > 0 && response.status !== 206)) {
      throw await refusal(response, `s3://${file.path}`)
    }
    return this.#watched(response.body)
  }

  async close(): Promise<void> {}

  /** A connection that says nothing is a cut one. */
  async *#watched(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
    const reader = body.getReader()
    try {
      for (;;) {
        let timer: NodeJS.Timeout | undefined
        const silence = new Promise<never>((_, reject) => {
          timer = setTimeout(() => reject(new Error('nothing came any more')), this.#place.timeoutMs)
        })
        const { done, value } = await Promise.race([reader.read(), silence]).finally(() =>
          clearTimeout(timer),
        )
        if (done) return
        yield value
      }
    } finally {
      await reader.cancel().catch(() => undefined)
    }
  }

  /** The answer to a request, asked again when the service is busy or the connection broke. */
  async #insist(url: URL, what: string): Promise<Response> {
    for (let retry = 0; ; retry++) {
      const response = await this.#send(url, {}).catch((error: unknown) => {
        if (retry < this.#place.retries) return undefined
        throw new WaterworksError('WW4015', { message: `${what}: ${reasonOf(error)}`, cause: error })
      })
      if (response?.ok) return response
      if (response !== undefined && (retry >= this.#place.retries || !isPassing(response.status))) {
        throw await refusal(response, what)
      }
      await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** retry))
    }
  }

  async #send(url: URL, headers: Record<string, string>): Promise<Response> {
    const signed =
      this.#client === undefined ? new Request(url, { headers }) : await this.#client.sign(url, { headers })
    const cut = new AbortController()
    const timer = setTimeout(() => cut.abort(new Error('no answer in time')), this.#place.timeoutMs)
    try {
      return await fetch(signed, { signal: cut.signal })
    } finally {
      clearTimeout(timer)
    }
  }

  #url(bucket: string, key: string): URL {
    const { endpoint, region, addressing } = this.#place
    const base = new URL(endpoint ?? `https://s3.${region}.amazonaws.com`)
    const path = key.split('/').map(encodeURIComponent).join('/')
    const folder = base.pathname.replace(/\/$/, '')
    if (addressing === 'host') base.hostname = `${bucket}.${base.hostname}`
    base.pathname = addressing === 'host' ? `${folder}/${path}` : `${folder}/${bucket}/${path}`
    return base
  }
}

function split(path: string): { bucket: string; key: string } {
  const slash = path.indexOf('/')
  return slash < 0 ? { bucket: path, key: '' } : { bucket: path.slice(0, slash), key: path.slice(slash + 1) }
}

function isPassing(status: number): boolean {
  return status === 429 || status >= 500
}

/** The service's own word for what is wrong: `AccessDenied`. Its message may quote keys. */
async function refusal(response: Response, what: string): Promise<WaterworksError> {
  const body = await response.text().catch(() => '')
  const code = /<Code>([A-Za-z0-9]+)<\/Code>/.exec(body)?.[1]
  return new WaterworksError('WW4015', {
    message: `${what}: the service answers ${response.status}${code === undefined ? '' : ` ${code}`}`,
    hint:
      response.status === 403
        ? 'Check the credentials, the region, and that they may list and read the bucket.'
        : undefined,
  })
}

/** fetch hides what happened behind "fetch failed". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}
