import { suggest } from '../errors/suggest.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import { isMapping } from '../project/yaml/is-mapping.ts'
import { type PackageSpec, packageForms } from './package-spec.ts'

/** Renders a template of an entry's value. */
export type RenderText = (text: string) => string

/**
 * The packages that a document lists under `packages:`, templates rendered. Throws WW1601 for an entry that is none, and what
 * `render` throws. `file` is for messages.
 */
export function parsePackages(document: unknown, file: string, render: RenderText): readonly PackageSpec[] {
  if (document === undefined || document === null) return []
  const listed = isMapping(document) ? (document['packages'] ?? []) : undefined
  if (!Array.isArray(listed)) {
    throw malformed(file, isMapping(document) ? '"packages" is no list' : 'it is no mapping')
  }
  return listed.map((entry: unknown, index) => parseEntry(entry, `${file}: packages[${index}]`, render))
}

function parseEntry(entry: unknown, place: string, render: RenderText): PackageSpec {
  if (!isMapping(entry)) throw malformed(place, 'it is no mapping')
  if ('private' in entry) {
    throw new WaterworksError('WW1602', {
      message: `${place}: packages of dbt’s own platform ("private") cannot be installed.`,
      hint: 'Write it as "git:" with its address; `{{ env_var(…) }}` may hold a token.',
    })
  }
  const unrendered = withoutName(entry)
  const rendered = rendering(entry, render)
  if ('local' in entry) return { kind: 'local', ...valid('local', rendered, place), unrendered }
  if ('tarball' in entry) return { kind: 'tarball', ...valid('tarball', rendered, place), unrendered: entry }
  if ('git' in entry) return { kind: 'git', ...valid('git', rendered, place), unrendered }
  if ('package' in entry) return { kind: 'hub', ...valid('package', rendered, place), unrendered }
  const near = Object.keys(entry).map((key) => suggest(key, Object.keys(packageForms)))[0]
  throw malformed(
    place,
    `it has none of the keys ${Object.keys(packageForms).join(', ')}`,
    near && `Did you mean "${near}"?`,
  )
}

function valid<K extends keyof typeof packageForms>(
  form: K,
  entry: unknown,
  place: string,
): ReturnType<(typeof packageForms)[K]['parse']> {
  const parsed = packageForms[form].safeParse(entry)
  if (parsed.success) return parsed.data as ReturnType<(typeof packageForms)[K]['parse']>
  const [issue] = parsed.error.issues
  const path = issue?.path.map(String).join('.')
  const missing = isMapping(entry) && path !== undefined && path !== '' && !(path in entry)
  throw malformed(
    place,
    missing ? `"${path}" is missing` : path ? `"${path}" ${issue?.message}` : (issue?.message ?? ''),
  )
}

/** What package-lock.yml notes beside an entry is no part of it. */
function withoutName(entry: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { name: _name, ...rest } = entry
  return rest
}

function rendering(value: unknown, render: RenderText): unknown {
  if (typeof value === 'string') return /\{[{%#]/.test(value) ? render(value) : value
  if (Array.isArray(value)) return value.map((item) => rendering(item, render))
  if (!isMapping(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rendering(item, render)]))
}

function malformed(place: string, because: string, hint?: string): WaterworksError {
  return new WaterworksError('WW1601', { message: `${place}: ${because}.`, hint })
}
