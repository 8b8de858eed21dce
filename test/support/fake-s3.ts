import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** A service of buckets that pages its listings in twos, and behaves badly where it is told to. */
export interface FakeS3 {
  readonly endpoint: string
  put(path: string, content: string | Buffer): void
  remove(path: string): void
  /** How many bytes of each answer with content come before the connection is cut; none are cut unless set. */
  cutAfter: number | undefined
  /** Answers that are still to be `503 SlowDown`. */
  busy: number
  /** Runs before content is given out. */
  onGet: ((path: string) => void) | undefined
  /** Requests as `GET /bucket?prefix=…`, without what a signature adds. */
  readonly requests: string[]
  close(): Promise<void>
}

interface Stored {
  readonly content: Buffer
  readonly tag: string
  readonly at: string
}

const PAGE = 2
/** For what was sent to arrive before the connection is cut. */
const CUT_MS = 20

/** @param accessKeyId whose signatures are taken; whoever asks without is refused */
export async function fakeS3(accessKeyId: string): Promise<FakeS3> {
  const stored = new Map<string, Stored>()
  const server = createServer((request, response) => answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port was given')

  const fake: FakeS3 = {
    endpoint: `http://127.0.0.1:${address.port}`,
    put(path, content) {
      const bytes = Buffer.from(content)
      const tag = `"${createHash('md5').update(bytes).digest('hex')}"`
      stored.set(path, { content: bytes, tag, at: new Date().toISOString() })
    },
    remove: (path) => void stored.delete(path),
    cutAfter: undefined,
    busy: 0,
    onGet: undefined,
    requests: [],
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }

  function answer(request: IncomingMessage, response: ServerResponse): unknown {
    const url = new URL(request.url ?? '/', fake.endpoint)
    fake.requests.push(`${request.method} ${decodeURIComponent(`${url.pathname}${url.search}`)}`)
    const signature = request.headers.authorization ?? ''
    if (!signature.startsWith(`AWS4-HMAC-SHA256 Credential=${accessKeyId}/`))
      return refuse(response, 403, 'AccessDenied')
    if (fake.busy > 0) {
      fake.busy--
      return refuse(response, 503, 'SlowDown')
    }
    const path = decodeURIComponent(url.pathname.slice(1))
    if (url.searchParams.get('list-type') === '2')
      return list(path.replace(/\/$/, ''), url.searchParams, response)
    fake.onGet?.(path)
    const found = stored.get(path)
    if (found === undefined) return refuse(response, 404, 'NoSuchKey')
    if (request.headers['if-match'] !== found.tag) return refuse(response, 412, 'PreconditionFailed')
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
    const rest = found.content.subarray(from)
    response.writeHead(from > 0 ? 206 : 200, { etag: found.tag, 'content-length': rest.length })
    if (fake.cutAfter === undefined || rest.length <= fake.cutAfter) return response.end(rest)
    return response.write(rest.subarray(0, fake.cutAfter), () => setTimeout(() => response.destroy(), CUT_MS))
  }

  function list(bucket: string, query: URLSearchParams, response: ServerResponse): unknown {
    const all = [...stored.keys()]
      .filter((path) => path.startsWith(`${bucket}/${query.get('prefix')}`))
      .toSorted()
    const start = Number(query.get('continuation-token') ?? 0)
    const contents = all.slice(start, start + PAGE).map((path) => {
      const { content, tag, at } = stored.get(path)!
      return `<Contents><Key>${escaped(path.slice(bucket.length + 1))}</Key><LastModified>${at}</LastModified><ETag>${escaped(tag)}</ETag><Size>${content.length}</Size></Contents>`
    })
    const more = start + PAGE < all.length
    const next = more ? `<NextContinuationToken>${start + PAGE}</NextContinuationToken>` : ''
    return response.end(
      `<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${bucket}</Name><IsTruncated>${more}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`,
    )
  }

  return fake
}

function refuse(response: ServerResponse, status: number, code: string): unknown {
  return response.writeHead(status).end(`<Error><Code>${code}</Code></Error>`)
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
