import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { crc32, createDeflateRaw, createGzip } from 'node:zlib'

const PAGE = 1_000

/** A server of as many records as a request asks for, in each form that answers have; made as they are taken, and never held. */
export class LargeApi {
  readonly #server: Server

  private constructor(server: Server) {
    this.#server = server
  }

  static async start(): Promise<LargeApi> {
    const server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://large')
      const count = Number(searchParams.get('count'))
      const page = Number(searchParams.get('page') ?? 0)
      answer(pathname.slice(1), count, page, response).catch(() => response.destroy())
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new LargeApi(server)
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }
}

async function answer(form: string, count: number, page: number, response: ServerResponse): Promise<void> {
  const put = async (text: string | Buffer) => {
    if (!response.write(text)) await once(response, 'drain')
  }
  switch (form) {
    case 'pages':
      for (const piece of json(page * PAGE, Math.min(count, (page + 1) * PAGE))) await put(piece)
      break
    case 'json':
      for (const piece of json(0, count)) await put(piece)
      break
    case 'csv':
      await put('id,name,note\n')
      for (const piece of lines(count, (id) => `${id},name ${id},"a note, of ${id}"\n`)) await put(piece)
      break
    case 'zip':
      await zip(count, put)
      break
    case 'gzip': {
      const gzip = createGzip({ level: 1 })
      gzip.pipe(response)
      for (const piece of lines(count, (id) => `${record(id)}\n`)) {
        if (!gzip.write(piece)) await once(gzip, 'drain')
      }
      gzip.end()
      return
    }
    default:
      for (const piece of lines(count, (id) => `${record(id)}\n`)) await put(piece)
  }
  response.end()
}

function record(id: number): string {
  return `{"id": ${id}, "name": "name ${id}", "note": "a note, of ${id}", "deep": {"list": [${id}, 2]}}`
}

function* json(from: number, to: number): Generator<string> {
  yield '{"head": 1, "data": ['
  yield* lines(to - from, (index) => `${index === 0 ? '' : ','}${record(from + index)}`)
  yield ']}'
}

function* lines(count: number, line: (index: number) => string): Generator<string> {
  for (let at = 0; at < count; at += PAGE) {
    let text = ''
    for (let index = at; index < Math.min(count, at + PAGE); index++) text += line(index)
    yield text
  }
}

/** An archive of one file (APPNOTE 4.3), whose sizes are known at its end only. */
async function zip(count: number, put: (bytes: Buffer) => Promise<void>): Promise<void> {
  const name = Buffer.from('rows.jsonl')
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(8, 6)
  local.writeUInt16LE(8, 8)
  local.writeUInt16LE(name.length, 26)
  await put(Buffer.concat([local, name]))
  const deflate = createDeflateRaw({ level: 1 })
  let [checksum, size, packed] = [0, 0, 0]
  const written = (async () => {
    for await (const chunk of deflate) {
      packed += chunk.length
      await put(chunk)
    }
  })()
  for (const piece of lines(count, (id) => `${record(id)}\n`)) {
    const bytes = Buffer.from(piece)
    checksum = crc32(bytes, checksum)
    size += bytes.length
    if (!deflate.write(bytes)) await once(deflate, 'drain')
  }
  deflate.end()
  await written
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(8, 8)
  entry.writeUInt16LE(8, 10)
  entry.writeUInt32LE(checksum, 16)
  entry.writeUInt32LE(packed, 20)
  entry.writeUInt32LE(size, 24)
  entry.writeUInt16LE(name.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(46 + name.length, 12)
  end.writeUInt32LE(30 + name.length + packed, 16)
  await put(Buffer.concat([entry, name, end]))
}
