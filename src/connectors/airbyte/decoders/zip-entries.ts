import { createInflateRaw } from 'node:zlib'
import { WaterworksError } from '../../../errors/waterworks-error.ts'
import type { BodySpool } from '../../http/body-spool.ts'
import { inflated } from './inflated.ts'

const END_OF_DIRECTORY = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50

/** The contents of a ZIP archive's files, in the order of its directory (APPNOTE 4.3). Throws WW4413 for a damaged one. */
export async function* zipEntries(archive: BodySpool, newSpool: () => BodySpool): AsyncGenerator<BodySpool> {
  const { first, count } = endOfDirectory(archive)
  let at = first
  for (let left = count; left > 0; left--) {
    const entry = archive.read(at, 46)
    if (entry.length < 46 || entry.readUInt32LE(0) !== ENTRY) throw damaged('its directory is broken')
    const [nameLength, extraLength, noteLength] = [28, 30, 32].map((field) => entry.readUInt16LE(field))
    const name = archive.read(at + 46, nameLength!).toString('utf8')
    if (!name.endsWith('/')) {
      yield await contentOf(
        archive,
        {
          method: entry.readUInt16LE(10),
          packed: entry.readUInt32LE(20),
          size: entry.readUInt32LE(24),
          flags: entry.readUInt16LE(8),
          local: entry.readUInt32LE(42),
        },
        newSpool(),
      )
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

async function contentOf(
  archive: BodySpool,
  { method, packed, size, flags, local }: Entry,
  spool: BodySpool,
): Promise<BodySpool> {
  const head = archive.read(local, 30)
  if (head.length < 30 || head.readUInt32LE(0) !== LOCAL) throw damaged('an entry is not there')
  if ((flags & 1) !== 0) throw damaged('it is encrypted')
  const start = local + 30 + head.readUInt16LE(26) + head.readUInt16LE(28)
  if (start + packed > archive.size) throw damaged('it is cut short')
  const pieces = archive.pieces(start, start + packed)
  if (method === 0) {
    for (const piece of pieces) spool.add(piece)
    return spool
  }
  if (method !== 8) throw damaged(`it is compressed in a way (${method}) that is not known here`)
  const content = await inflated(pieces, createInflateRaw(), spool).catch(() => undefined)
  if (content?.size === size) return content
  spool.release()
  throw damaged('an entry is not what its directory says')
}

function endOfDirectory(archive: BodySpool): { readonly first: number; readonly count: number } {
  const from = Math.max(0, archive.size - 65_557)
  const tail = archive.read(from, archive.size - from)
  for (let at = tail.length - 22; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== END_OF_DIRECTORY) continue
    return { first: tail.readUInt32LE(at + 16), count: tail.readUInt16LE(at + 10) }
  }
  throw damaged('it has no directory')
}

function damaged(why: string): WaterworksError {
  return new WaterworksError('WW4413', { message: `the answer is no ZIP archive that can be read: ${why}` })
}
