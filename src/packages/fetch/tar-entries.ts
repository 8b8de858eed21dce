import { WaterworksError } from '../../errors/waterworks-error.ts'

/** One entry of an archive. */
export type TarEntry =
  | { readonly kind: 'file'; readonly path: string; readonly content: Buffer; readonly executable: boolean }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'link'; readonly path: string; readonly target: string; readonly hard: boolean }

const BLOCK = 512

/**
 * The entries of a tar archive: POSIX ustar and pax, and GNU's long names. Throws WW1612 for one that is damaged or holds anything but
 * files, folders and links. `what` is for messages.
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06
 */
export function* tarEntries(archive: Buffer, what: string): Generator<TarEntry> {
  let extended: ReadonlyMap<string, string> = new Map()
  let at = 0
  while (at + BLOCK <= archive.length) {
    const header = archive.subarray(at, at + BLOCK)
    if (header.every((byte) => byte === 0)) return
    if (checksum(header) !== numberAt(header, 148, 8)) throw damaged(what, 'a checksum is wrong')
    const size = Number(extended.get('size') ?? numberAt(header, 124, 12))
    const start = at + BLOCK
    at = start + Math.ceil(size / BLOCK) * BLOCK
    if (!Number.isSafeInteger(size) || size < 0 || start + size > archive.length) {
      throw damaged(what, 'it ends in the middle of a file')
    }
    const content = archive.subarray(start, start + size)
    const type = String.fromCharCode(header[156]!)
    if (type === 'g') continue
    if (type === 'x') {
      extended = new Map([...extended, ...records(content)])
      continue
    }
    if (type === 'L' || type === 'K') {
      extended = new Map([...extended, [type === 'L' ? 'path' : 'linkpath', textOf(content)]])
      continue
    }
    const path = extended.get('path') ?? pathOf(header)
    const target = extended.get('linkpath') ?? textAt(header, 157, 100)
    extended = new Map()
    if (type === '0' || type === '\0' || type === '7') {
      const executable = (numberAt(header, 100, 8) & 0o100) !== 0
      // Before there were folders, a slash at the end said so.
      yield path.endsWith('/') ? { kind: 'folder', path } : { kind: 'file', path, content, executable }
    } else if (type === '5') yield { kind: 'folder', path }
    else if (type === '1' || type === '2') yield { kind: 'link', path, target, hard: type === '1' }
    else throw damaged(what, 'it holds something that is no file, folder or link')
  }
}

function pathOf(header: Buffer): string {
  const [name, prefix] = [textAt(header, 0, 100), textAt(header, 345, 155)]
  return textAt(header, 257, 5) === 'ustar' && header[262] === 0 && prefix !== '' ? `${prefix}/${name}` : name
}

/** `<length> <key>=<value>\n`, the length in bytes and counting itself. */
function records(content: Buffer): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (let at = 0; at < content.length; ) {
    const space = content.indexOf(0x20, at)
    const length = Number(content.toString('latin1', at, space))
    if (space < 0 || !Number.isInteger(length) || length < 3) break
    const record = content.toString('utf8', space + 1, at + length - 1)
    const equals = record.indexOf('=')
    found.set(record.slice(0, equals), record.slice(equals + 1))
    at += length
  }
  return found
}

/** The header's bytes added up, its own checksum taken as spaces. */
function checksum(header: Buffer): number {
  let sum = 8 * 0x20
  for (const [index, byte] of header.entries()) if (index < 148 || index >= 156) sum += byte
  return sum
}

/** Octal digits; or, of a first byte with its highest bit set, GNU's big-endian number. */
function numberAt(header: Buffer, at: number, length: number): number {
  if ((header[at]! & 0x80) === 0) return Number.parseInt(textAt(header, at, length).trim() || '0', 8)
  return header.subarray(at + 1, at + length).reduce((sum, byte) => sum * 256 + byte, 0)
}

function textAt(header: Buffer, at: number, length: number): string {
  return textOf(header.subarray(at, at + length))
}

function textOf(bytes: Buffer): string {
  const end = bytes.indexOf(0)
  return bytes.toString('utf8', 0, end < 0 ? bytes.length : end)
}

function damaged(what: string, because: string): WaterworksError {
  return new WaterworksError('WW1612', { message: `${what} cannot be unpacked: ${because}.` })
}
