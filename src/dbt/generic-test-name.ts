import { hash } from 'node:crypto'
import { pythonRepr, pythonStr } from './python-text.ts'

/** What a generic test is put on. */
export type TestSubject =
  | { readonly kind: 'model'; readonly model: string }
  | { readonly kind: 'source'; readonly source: string; readonly table: string }

export interface GenericTestName {
  /** The name people see and select by. */
  readonly full: string
  /** At most 63 characters, for relations and files. */
  readonly short: string
  /** Tells apart tests of the same name in a unique id. */
  readonly hash: string
}

/**
 * Names a generic test exactly as dbt does, so that selections and recorded results mean the same in both. The rules
 * are those of dbt-core's parser/generic_test_builders.py and parser/schema_generic_tests.py.
 */
export function genericTestName(
  test: string,
  subject: TestSubject,
  args: Readonly<Record<string, unknown>>,
  given: string | undefined,
): GenericTestName {
  const { full, short } =
    given === undefined ? generatedName(test, subject, args) : { full: given, short: given }
  const metadata = {
    kwargs: hashable({ ...args, model: `{{ get_where_subquery(${referenceText(subject)}) }}` }),
    name: test,
    namespace: 'None',
  }
  return { full, short, hash: md5(full + pythonRepr(metadata)).slice(-10) }
}

function generatedName(test: string, subject: TestSubject, args: Readonly<Record<string, unknown>>) {
  const identifier =
    subject.kind === 'model'
      ? `${test}_${subject.model}`
      : `source_${test}_${subject.source}_${subject.table}`
  const parts = Object.keys(args)
    .sort()
    .flatMap((key) => flatten(args[key]))
    .map((part) => pythonStr(part).replace(/[^0-9a-zA-Z_]+/g, '_'))
  const full = `${identifier}_${parts.join('__')}`
  return { full, short: full.length >= 64 ? `${identifier.slice(0, 30)}_${md5(full)}` : full }
}

function flatten(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  return value !== null && typeof value === 'object' ? Object.values(value) : [value]
}

function hashable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hashable)
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
    return Object.fromEntries(entries.map(([key, item]) => [key, hashable(item)]))
  }
  return pythonStr(value)
}

function referenceText(subject: TestSubject): string {
  return subject.kind === 'model'
    ? `ref('${subject.model}')`
    : `source('${subject.source}', '${subject.table}')`
}

function md5(text: string): string {
  return hash('md5', text, 'hex')
}
