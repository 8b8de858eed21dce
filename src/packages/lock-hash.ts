import { createHash } from 'node:crypto'
import type { PackageSpec } from './package-spec.ts'

/**
 * dbt's `sha1_hash` of package-lock.yml: over the packages asked for, each as Python's json prints it with sorted keys, in the
 * order of these lines.
 */
export function lockHash(specs: readonly PackageSpec[]): string {
  const lines = specs.map((spec) => pythonJson(asDbtKeepsIt(spec)))
  // Python sorts by code points.
  lines.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  return createHash('sha1').update(lines.join('\n')).digest('hex')
}

function asDbtKeepsIt(spec: PackageSpec): Readonly<Record<string, unknown>> {
  const { unrendered } = spec
  const named = spec.name ? { name: spec.name } : {}
  switch (spec.kind) {
    case 'local':
      return { local: spec.local, unrendered, ...named }
    case 'tarball':
      return { tarball: spec.tarball, name: spec.name, unrendered }
    case 'git':
      return {
        git: spec.git,
        revision: spec.revision ?? null,
        subdirectory: spec.subdirectory ?? null,
        'warn-unpinned': spec['warn-unpinned'] ?? null,
        unrendered,
        ...named,
      }
    case 'hub':
      return {
        package: spec.package,
        version: spec.version,
        install_prerelease: spec.install_prerelease ?? false,
        unrendered,
        ...named,
      }
  }
}

/** As json.dumps(value, sort_keys=True) prints it. */
function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([key, item]) => `${pythonJson(key)}: ${pythonJson(item)}`).join(', ')}}`
  }
  return JSON.stringify(value).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
