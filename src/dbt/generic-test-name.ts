import { hash } from 'node:crypto'
import { isMapping } from '../project/yaml/is-mapping.ts'
import { pythonRepr, pythonStr } from './python-text.ts'

/** What a generic test is put on. */
export type TestSubject =
  | { readonly kind: 'model'; readonly model: string; readonly version?: string | number | null }
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
 * are those of dbt-core's parser/generic_test_builders.py and parser/schema_generic_tests.py. `test` has the package before it
 * where the file writes it so: `dbt_utils.recency`.
 */
export function genericTestName(
  test: string,
  subject: TestSubject,
  args: Readonly<Record<string, unknown>>,
  given: string | undefined,
): GenericTestName {
  const [name, namespace] = test.split('.').reverse()
  const { full, short } =
    given === undefined ? generatedName(name!, namespace, subject, args) : { full: given, short: given }
  const metadata = {
    kwargs: hashable({ ...args, model: subjectArgument(subject) }),
    name,
    namespace: namespace ?? 'None',
  }
  return { full, short, hash: md5(full + pythonRepr(metadata)).slice(-10) }
}

/** The argument `model` of a test: a template that leads to what it is put on, with its `where` applied. */
export function subjectArgument(subject: TestSubject): string {
  return `{{ get_where_subquery(${referenceText(subject)}) }}`
}

function generatedName(
  test: string,
  namespace: string | undefined,
  subject: TestSubject,
  args: Readonly<Record<string, unknown>>,
) {
  const kind = subject.kind === 'model' ? test : `source_${test}`
  const identifier = `${namespace === undefined ? '' : `${namespace}_`}${kind}_${subjectName(subject)}`
  const parts = Object.keys(args)
    .sort()
    .flatMap((key) => flatten(args[key]))
    .map((part) => pythonStr(part).replace(/[^0-9a-zA-Z_]+/g, '_'))
  const full = `${identifier}_${parts.join('__')}`
  return { full, short: full.length >= 64 ? `${identifier.slice(0, 30)}_${md5(full)}` : full }
}

function subjectName(subject: TestSubject): string {
  if (subject.kind === 'source') return `${subject.source}_${subject.table}`
  const { model, version } = subject
  return version === undefined || version === null ? model : `${model}_v${version}`
}

function flatten(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  return isMapping(value) ? Object.values(value) : [value]
}

function hashable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hashable)
  if (isMapping(value)) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
    return Object.fromEntries(entries.map(([key, item]) => [key, hashable(item)]))
  }
  return pythonStr(value)
}

function referenceText(subject: TestSubject): string {
  if (subject.kind === 'source') return `source('${subject.source}', '${subject.table}')`
  const { model, version } = subject
  return version === undefined || version === null
    ? `ref('${model}')`
    : `ref('${model}', version='${version}')`
}

function md5(text: string): string {
  return hash('md5', text, 'hex')
}
