import { readSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { type MediaInfo, mediaInfoFactory } from 'mediainfo.js'
import { type MediaPiece, type ReaderTasks, UnreadableFile } from '../isolated/reader-task.ts'
import { exifColumns } from './exif-columns.ts'

type Reader = MediaInfo<'object'>
type Track = MediaPiece['tracks'][number]

/** Where pictures keep what is said of them lies near their beginning, but for a few. */
const EXIF_WITHIN = 64 << 20

let reader: Promise<Reader> | undefined

/** What is said of a picture, sound or film: its streams, and its EXIF block where that is wanted. Throws UnreadableFile. */
export async function* readMedia({ file, exif }: ReaderTasks['media']): AsyncGenerator<MediaPiece> {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    if (size === 0) throw new UnreadableFile('the file is empty')
    reader ??= mediaInfoFactory({ format: 'object', full: false, coverData: false })
    const found = await (await reader).analyzeData(size, (length, offset) => {
      const bytes = new Uint8Array(length)
      return bytes.subarray(0, readSync(handle.fd, bytes, 0, length, offset))
    })
    const tracks = (found.media?.track ?? []).map((track): Track => scalars(track))
    yield { tracks, exif: exif ? exifColumns(await startOf(handle, size)) : {} }
  } finally {
    await handle.close()
  }
}

async function startOf(handle: FileHandle, size: number): Promise<Buffer> {
  const bytes = Buffer.alloc(Math.min(size, EXIF_WITHIN))
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0)
  return bytes.subarray(0, bytesRead)
}

/** Values by name, those that containers add under `extra` beside the others. */
function scalars(track: object): Track {
  const found: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(track)) {
    if (typeof value === 'string' || typeof value === 'number') found[name] = value
    else if (name === 'extra' && typeof value === 'object' && value !== null) {
      for (const [more, inner] of Object.entries(value)) if (typeof inner === 'string') found[more] ??= inner
    }
  }
  return found
}
