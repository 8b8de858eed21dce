import { readFileSync } from 'node:fs'

/** The package's version, from its package.json: one folder up from `src/` and from `dist/` alike. */
export function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  const found = /"version":\s*"([^"]+)"/.exec(text)?.[1]
  return found ?? 'unknown'
}
