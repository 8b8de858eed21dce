import { inflateRawSync } from 'node:zlib'
import { WaterworksError } from '../../../errors/waterworks-error.ts'

const END_OF_DIRECTORY = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50

/** The contents of a ZIP archive's files, in the order of its directory (APPNOTE 4.3). Throws WW4413 for a damaged one. */
export function* zipEntries(archive: Buffer): Generator<Buffer> {
  const end = endOfDirectory(archive)
  let at = archive.readUInt32LE(end + 16)
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    if (at + 46 > archive.length || archive.readUInt32LE(at) !== ENTRY)
      throw damaged('its directory is broken')
    const [nameLength, extraLength, noteLength] = [28, 30, 32].map((field) =>
      archive.readUInt16LE(at + field),
    )
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength!)
    if (!name.endsWith('/')) {
      yield contentOf(archive, {
        method: archive.readUInt16LE(at + 10),
        packed: archive.readUInt32LE(at + 20),
        size: archive.readUInt32LE(at + 24),
        flags: archive.readUInt16LE(at + 8),
        local: archive.readUInt32LE(at + 42),
      })
    }
    at += 46 + nameLength! + extraLength! + noteLength!
  }
}

interface Entry {
  readonly method: number
  readonly packed: number
  readonly size: number
  readonly flags: number
  readonly local: number
}

function contentOf(archive: Buffer, { method, packed, size, flags, local }: Entry): Buffer {
  if (local + 30 > archive.length || archive.readUInt32LE(local) !== LOCAL)
    throw damaged('an entry is not there')
  if ((flags & 1) !== 0) throw damaged('it is encrypted')
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
  const bytes = archive.subarray(start, start + packed)
  if (bytes.length !== packed) throw damaged('it is cut short')
  if (method === 0) return bytes
  if (method !== 8) throw damaged(`it is compressed in a way (${method}) that is not known here`)
  try {
    const content = inflateRawSync(bytes)
    if (content.length === size) return content
  } catch {
    // Told below: it is not what the directory says.
  }
  throw damaged('an entry is not what its directory says')
}

function endOfDirectory(archive: Buffer): number {
  for (let at = archive.length - 22; at >= 0 && at >= archive.length - 65_557; at--) {
    if (archive.readUInt32LE(at) === END_OF_DIRECTORY) return at
  }
  throw damaged('it has no directory')
}

function damaged(why: string): WaterworksError {
  return new WaterworksError('WW4413', { message: `the answer is no ZIP archive that can be read: ${why}` })
}
