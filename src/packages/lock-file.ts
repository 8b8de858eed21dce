import { isMapping } from '../project/yaml/is-mapping.ts'
import { parseYaml } from '../project/yaml/parse-yaml.ts'
import type { PinnedPackage } from './pinned-package.ts'

export const LOCK_FILE = 'package-lock.yml'

/** The text of package-lock.yml, as dbt writes it: entries with sorted keys, then the hash. */
export function printLock(packages: readonly PinnedPackage[], hash: string): string {
  const entries = packages.map((each) => {
    const lines = Object.entries(entryOf(each))
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => `${key}: ${scalar(value!)}`)
    return `  - ${lines.join('\n    ')}\n`
  })
  return `packages:${entries.length === 0 ? ' []' : ''}\n${entries.join('')}sha1_hash: ${scalar(hash)}\n`
}

/** The hash in a package-lock.yml. */
export function hashOf(document: unknown): string | undefined {
  const hash = isMapping(document) ? document['sha1_hash'] : undefined
  return hash === undefined || hash === null ? undefined : String(hash)
}

function entryOf(pinned: PinnedPackage): Readonly<Record<string, string | undefined>> {
  const { name } = pinned
  switch (pinned.kind) {
    case 'local':
      return { local: pinned.local, name }
    case 'tarball':
      return { tarball: pinned.written, name }
    case 'git':
      return { git: pinned.written, name, revision: pinned.revision, subdirectory: pinned.subdirectory }
    case 'hub':
      return { name, package: pinned.package, version: pinned.version }
  }
}

/** A text as YAML, in quotes where it would be read as anything else without them. */
export function scalar(text: string): string {
  const safe = /^[\w./~@+-][^\n]*$/.test(text) && !/: |:$| #|^[-?] |^\s|\s$/.test(text)
  return safe && readsBack(text) ? text : `'${text.replaceAll("'", "''")}'`
}

function readsBack(text: string): boolean {
  try {
    return parseYaml(text, LOCK_FILE, 'pyyaml') === text
  } catch {
    return false
  }
}
