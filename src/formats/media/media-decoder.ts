import { stat } from 'node:fs/promises'
import type { Field, LogicalType } from '../../batch/logical-type.ts'
import { hashFile } from '../bytes/hash-file.ts'
import { readStart } from '../bytes/open-text.ts'
import { LONGEST_RAW } from '../csv/csv-reader.ts'
import type { MediaScan } from '../file-scan.ts'
import { readIsolated } from '../isolated/isolated-reader.ts'
import { type MediaPiece, UnreadableFile } from '../isolated/reader-task.ts'
import { type Cell, type DecodedRecord, recordPlace } from '../records/decoded-record.ts'
import type { RecordDecoder } from '../records/record-decoder.ts'
import { type MediaKind, mediaColumns, mediaFile, NEEDED } from './media-columns.ts'

const own: readonly Field[] = [
  { name: 'bytes', type: { kind: 'int64' } },
  { name: 'sha256', type: { kind: 'text' } },
]

/** What is said of a picture, a sound or a film as one record. */
export const imageDecoder = decoderFor('image')
export const audioDecoder = decoderFor('audio')
export const videoDecoder = decoderFor('video')

function decoderFor(kind: MediaKind): RecordDecoder<MediaScan> {
  return {
    async outline(_file, options) {
      const declared = options.columns ?? {}
      const fields = [...own, ...mediaColumns[kind]].map(({ name, type }) => ({
        name,
        type: declared[name] ?? type,
      }))
      return { scan: { format: kind, fields }, typed: true }
    },
    count: async () => 1,
    async *decode(file) {
      yield [await described(kind, file)]
    },
  }
}

async function described(kind: MediaKind, file: string): Promise<DecodedRecord> {
  const place = recordPlace(1)
  try {
    let found: MediaPiece = { tracks: [], exif: {} }
    for await (const piece of readIsolated('media', { file, exif: kind === 'image' })) found = piece
    return { ...(await record(kind, file, found)), place }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    return { raw: await readStart(file, 'none', LONGEST_RAW), reason: error.message, place }
  }
}

async function record(kind: MediaKind, file: string, piece: MediaPiece) {
  const found = mediaFile(piece)
  if (found.count[NEEDED[kind]] === 0) throw new UnreadableFile(`the file has no ${kind} of a known format`)
  const cells: Record<string, Cell> = { bytes: String((await stat(file)).size), sha256: await hashFile(file) }
  for (const { name, type, of } of mediaColumns[kind]) cells[name] = cell(of(found), type)
  return { names: Object.keys(cells), cells: Object.values(cells) }
}

/** What MediaInfo says is a number may be one with a unit or several; it is left out then. */
function cell(value: string | number | undefined, { kind }: LogicalType): Cell {
  if (value === undefined || value === '') return null
  if (kind === 'int64') return Number.isSafeInteger(Number(value)) ? String(Number(value)) : null
  if (kind === 'float64') return Number.isFinite(Number(value)) ? String(Number(value)) : null
  return String(value).replaceAll('\0', '').toWellFormed()
}
