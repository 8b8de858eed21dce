import { copyFileSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, posix, sep } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { type TarEntry, tarEntries } from './tar-entries.ts'

const MOST_BYTES = 1 << 30

/**
 * Unpacks a tar archive, compressed or not, into an empty folder, and gives the one folder in it. Nothing is written outside of
 * that folder: paths and links that lead out of it are refused, links are made last and never written through. Throws WW1612.
 */
export function unpack(archive: Buffer, into: string, what: string): string {
  try {
    writeEntries(archive, into, what)
  } catch (error) {
    if (error instanceof WaterworksError) throw error
    throw refused(what, 'two things in it have one place, or one is missing')
  }
  const [top, ...others] = readdirSync(into, { withFileTypes: true })
  if (top === undefined || others.length > 0 || !top.isDirectory()) {
    throw refused(what, 'it must hold one folder, the package’s')
  }
  return join(into, top.name)
}

function writeEntries(archive: Buffer, into: string, what: string): void {
  const links: Extract<TarEntry, { kind: 'link' }>[] = []
  for (const entry of tarEntries(plain(archive, what), what)) {
    const place = join(into, ...partsOf(entry.path, what))
    if (place === into) continue
    mkdirSync(entry.kind === 'folder' ? place : dirname(place), { recursive: true })
    if (entry.kind === 'file') {
      writeFileSync(place, entry.content, { mode: entry.executable ? 0o755 : 0o644 })
    } else if (entry.kind === 'link') links.push(entry)
  }
  for (const link of links) makeLink(link, into, what)
}

function makeLink(
  { path, target, hard }: Extract<TarEntry, { kind: 'link' }>,
  into: string,
  what: string,
): void {
  const parts = partsOf(path, what)
  const place = join(into, ...parts)
  if (hard) {
    copyFileSync(join(into, ...partsOf(target, what)), place)
    return
  }
  const [top = ''] = parts
  const meant = posix.normalize(posix.join(posix.dirname(parts.join('/')), target))
  if (posix.isAbsolute(target) || (meant !== top && !meant.startsWith(`${top}/`))) {
    throw refused(what, 'a link in it leads out of the package')
  }
  symlinkSync(target.replaceAll('/', sep), place)
}

/** The folders and name of a path within the archive. */
function partsOf(path: string, what: string): readonly string[] {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.')
  if (path.startsWith('/') || path.includes('\\') || /^[A-Za-z]:/.test(path) || parts.includes('..')) {
    throw refused(what, 'a path in it leads out of the package')
  }
  return parts
}

function plain(archive: Buffer, what: string): Buffer {
  if (archive[0] !== 0x1f || archive[1] !== 0x8b) return archive
  try {
    return gunzipSync(archive, { maxOutputLength: MOST_BYTES })
  } catch {
    throw refused(what, 'it is damaged, or larger than any package')
  }
}

function refused(what: string, because: string): WaterworksError {
  return new WaterworksError('WW1612', { message: `${what} cannot be unpacked: ${because}.` })
}
