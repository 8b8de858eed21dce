import { type FileHandle, open } from 'node:fs/promises'
import { basename } from 'node:path'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { OrcScan } from '../file-scan.ts'
import { type DecodedRecord, recordPlace } from '../records/decoded-record.ts'
import type { RecordDecoder } from '../records/record-decoder.ts'
import { columnReader, orcLogicalType, type StripeColumns } from './orc-column.ts'
import { OrcDefect } from './orc-defect.ts'
import { OrcStream } from './orc-stream.ts'
import { type OrcStripe, type OrcTail, readAt, readStripeFooter, readTail } from './orc-tail.ts'

const BATCH = 1024
const LARGEST_STREAM = 1 << 30

/** ORC files, a stripe at a time. A file that is damaged anywhere in what is read throws WW4002. */
export const orcDecoder: RecordDecoder<OrcScan> = {
  outline: (file, { columns = {} }) =>
    reading(file, async (handle) => {
      const tail = await readTail(handle, unreadable(file))
      const fields = columnsOf(tail).map(({ name, column }) => ({
        name,
        type: columns[name] ?? orcLogicalType(tail.types[column]!),
      }))
      return { scan: { format: 'orc', fields }, typed: true }
    }),
  count: (file) => reading(file, async (handle) => (await readTail(handle, unreadable(file))).rows),
  async *decode(file) {
    const handle = await open(file)
    try {
      const tail = await readTail(handle, unreadable(file))
      let before = 0
      for (const stripe of tail.stripes) {
        yield* readStripe(handle, stripe, tail, before, file)
        before += stripe.rows
      }
    } catch (error) {
      throw refused(file, error)
    } finally {
      await handle.close()
    }
  },
}

/** The columns: the fields of a struct, or one column of whatever else a file holds. */
function columnsOf({ types }: OrcTail): readonly { readonly name: string; readonly column: number }[] {
  const [root] = types
  if (root === undefined) throw new OrcDefect('it has no types')
  if (root.kind !== 12) return [{ name: 'value', column: 0 }]
  return root.names.map((name, index) => {
    const column = root.children[index]
    if (column === undefined || types[column] === undefined) throw new OrcDefect('its types are not a tree')
    return { name, column }
  })
}

async function* readStripe(
  handle: FileHandle,
  stripe: OrcStripe,
  tail: OrcTail,
  before: number,
  file: string,
): AsyncGenerator<DecodedRecord[]> {
  const columns = await openStripe(handle, stripe, tail, file)
  const readers = columnsOf(tail).map(({ name, column }) => ({
    ...{ name, read: columnReader(columns, column) },
    json: orcLogicalType(tail.types[column]!).kind === 'json',
  }))
  const names = readers.map(({ name }) => name)
  let records: DecodedRecord[] = []
  for (let row = 0; row < stripe.rows; row++) {
    const cells = readers.map(({ read, json }) => {
      const text = read()
      return text !== null && json ? ({ kind: 'json', text } as const) : text
    })
    records.push({ names, cells, place: recordPlace(before + row + 1) })
    if (records.length < BATCH) continue
    yield records
    records = []
  }
  yield records
}

async function openStripe(
  handle: FileHandle,
  stripe: OrcStripe,
  { compression, types }: OrcTail,
  file: string,
): Promise<StripeColumns> {
  const footer = await readStripeFooter(handle, stripe, compression)
  if (types.some(({ kind }) => kind === 9) && !/^(?:|UTC|GMT|Etc\/UTC|Etc\/GMT)$/.test(footer.zone)) {
    throw unreadable(file)(`written with timestamps of the zone ${footer.zone}`)
  }
  const streams = new Map<string, Buffer>()
  let offset = stripe.offset
  for (const { kind, column, length } of footer.streams) {
    // Indexes and Bloom filters are for searching.
    if (kind <= 5) {
      if (length > LARGEST_STREAM) throw new OrcDefect('a stream is larger than 1 GiB')
      streams.set(`${column} ${kind}`, await readAt(handle, offset, length))
    }
    offset += length
  }
  return {
    types,
    has: (column, kind) => streams.has(`${column} ${kind}`),
    stream: (column, kind) => new OrcStream(streams.get(`${column} ${kind}`) ?? Buffer.alloc(0), compression),
    encoding(column) {
      const encoding = footer.encodings[column]
      if (encoding === undefined) throw new OrcDefect('a column has no encoding')
      return encoding
    },
  }
}

async function reading<T>(file: string, work: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await open(file).catch((error: unknown) => {
    throw refused(file, error)
  })
  try {
    return await work(handle)
  } catch (error) {
    throw refused(file, error)
  } finally {
    await handle.close()
  }
}

function refused(file: string, error: unknown): unknown {
  const system = error instanceof Error && 'syscall' in error
  if (!(error instanceof OrcDefect) && !system) return error
  return new WaterworksError('WW4002', { message: `${basename(file)}: ${error.message}`, cause: error })
}

function unreadable(file: string): (what: string) => WaterworksError {
  return (what) => new WaterworksError('WW4012', { message: `${basename(file)} is ${what}` })
}
