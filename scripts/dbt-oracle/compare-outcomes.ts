import { compareJson, isRecord } from './compare-json.ts'
import type { Aspect, Difference } from './difference.ts'
import { meaningfulManifest } from './meaningful-manifest.ts'
import type { Outcome, RunResult } from './outcome.ts'
import { printedLines } from './printed-lines.ts'
import { sqlTokens } from './sql-tokens.ts'

const CANNOT_RUN = 2

/** How two outcomes of one command are compared. */
export interface Comparison {
  /** Compiled code to the character, or by what it says: what built-in macros give is our own text. */
  readonly compiled: 'exact' | 'tokens'
  /** Lines that it prints are what the command is for: `ls`, `show`. */
  readonly printed: boolean
  /** The command only looks: it leaves no manifest, as each of dbt's does. */
  readonly looks: boolean
}

/** Everything in which `got` is not as dbt has it. */
export function compareOutcomes(
  expected: Outcome,
  got: Outcome,
  { compiled, printed, looks }: Comparison,
): readonly Difference[] {
  // What cannot be run says so in words of its own, and leaves nothing.
  const refused = expected.exitCode === CANNOT_RUN && got.exitCode === CANNOT_RUN
  const differences = [
    ...same('exit code', '', expected.exitCode, got.exitCode),
    ...compareResults(expected.results, got.results),
    ...compareJson('tables', '', byName(expected), byName(got)),
    ...compareCompiled(expected, got, compiled),
    ...compareDocuments('catalog', expected.catalog, got.catalog),
    ...compareDocuments('sources', expected.sources, got.sources),
    ...(printed && !refused
      ? same('printed lines', '', printedLines(expected.answer), printedLines(got.answer))
      : []),
  ]
  if (expected.manifest === undefined || looks || refused) return differences
  const manifest = got.manifest && meaningfulManifest(got.manifest)
  return [...differences, ...compareJson('manifest', '', meaningfulManifest(expected.manifest), manifest)]
}

function compareResults(
  expected: readonly RunResult[] | undefined,
  got: readonly RunResult[] | undefined,
): readonly Difference[] {
  if (expected === undefined) return []
  if (got === undefined) {
    const aspects = ['results', 'messages', 'order'] as const
    return aspects.map((aspect) => ({ aspect, where: '', expected: `${expected.length} results`, got }))
  }
  const ids = (results: readonly RunResult[]) => results.map(({ unique_id }) => unique_id)
  const table = (results: readonly RunResult[], cell: (result: RunResult) => unknown) =>
    Object.fromEntries(results.map((result) => [result.unique_id, cell(result)]))
  const verdict = ({ status, failures, relation_name }: RunResult) => ({ status, failures, relation_name })
  return [
    ...compareJson('results', '', table(expected, verdict), table(got, verdict)),
    ...compareJson('messages', '', table(expected, messageKind), table(got, messageKind)),
    ...same('order', '', ids(expected), ids(got)),
  ]
}

/** What a message says apart from words of the engine's: `Runtime Error: Binder Error` of errors, else all of it. */
function messageKind({ status, message }: RunResult): unknown {
  if (status !== 'error' && status !== 'runtime error') return message
  return (message?.match(/[A-Z]\w+ Error/g) ?? []).slice(0, 2).join(': ')
}

function compareCompiled(
  expected: Outcome,
  got: Outcome,
  how: Comparison['compiled'],
): readonly Difference[] {
  const theirs = compiledCode(expected)
  const ours = compiledCode(got)
  if (Object.keys(theirs).length > 0 && Object.keys(ours).length === 0) {
    const count = `the code of ${Object.keys(theirs).length} nodes`
    return [{ aspect: 'compiled code', where: '', expected: count, got: undefined }]
  }
  return Object.entries(theirs).flatMap(([id, code]) => {
    // Code of generic tests comes from macros: from ours here, from dbt's there.
    const byTokens = how === 'tokens' || /^(?:test|unit_test)\./.test(id)
    const [a, b] = [code, ours[id] ?? ''].map((text) => (byTokens ? sqlTokens(text) : text.trim()))
    return a === b ? [] : [{ aspect: 'compiled code', where: id, expected: code, got: ours[id] } as const]
  })
}

function compiledCode({ manifest, results }: Outcome): Readonly<Record<string, string>> {
  const nodes = isRecord(manifest?.['nodes']) ? Object.entries(manifest['nodes']) : []
  const ofManifest = nodes.map(([id, node]) => [id, isRecord(node) ? node['compiled_code'] : undefined])
  const ofResults = (results ?? []).map((result) => [result.unique_id, result.compiled_code])
  const all = [...ofManifest, ...ofResults].filter(([, code]) => typeof code === 'string' && code !== '')
  return Object.fromEntries(all)
}

/** Catalogs and freshness, without the moments in them. */
function compareDocuments(aspect: Aspect, expected: unknown, got: unknown): readonly Difference[] {
  return expected === undefined ? [] : compareJson(aspect, '', timeless(expected), timeless(got))
}

function timeless(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(timeless)
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([key]) =>
          !/^(?:metadata|timing|execution_time|thread_id|snapshotted_at|max_loaded_at\w*|elapsed_time)$/.test(
            key,
          ),
      )
      .map(([key, item]) => [key, timeless(item)]),
  )
}

function byName({ tables }: Outcome) {
  return Object.fromEntries(tables.map((table) => [table.name, table]))
}

function same(aspect: Aspect, where: string, expected: unknown, got: unknown): readonly Difference[] {
  return JSON.stringify(expected) === JSON.stringify(got) ? [] : [{ aspect, where, expected, got }]
}
