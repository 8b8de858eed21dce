import { hash } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What tells this very build of Waterworks from any other, one of the same version in a checkout included. */
export function buildIdentity(): string {
  const here = fileURLToPath(import.meta.url)
  const folder = here.endsWith('.ts') ? resolve(dirname(here), '../../..') : dirname(here)
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  const stamps = files.map(({ parentPath, name }) => {
    const path = join(parentPath, name)
    const { size, mtimeMs } = statSync(path)
    return `${path}\0${size}\0${mtimeMs}`
  })
  return hash('sha1', stamps.sort().join('\n'))
}
