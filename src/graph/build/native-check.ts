import { columnsOf, type RuleDraft, readGenericTest } from '../../dbt/generic-tests.ts'
import type { ManifestTest } from '../../dbt/manifest/manifest-node.ts'
import type { Diagnostics } from '../../errors/diagnostics.ts'
import type { Location } from '../../errors/location.ts'
import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'

/** Tests whose rules the platform judges itself, several in one scan, instead of running their macros. */
const NATIVE: ReadonlySet<string> = new Set([
  ...['not_null', 'unique', 'accepted_values', 'relationships'].map((name) => `macro.dbt.test_${name}`),
  ...['accepted_range', 'recency', 'expression', 'row_count', 'matches'].map(
    (name) => `macro.waterworks.test_${name}`,
  ),
])

/** What a test may say of its rows and its verdict without becoming a query of its own. */
const ASIDE: Readonly<Record<string, unknown>> = {
  limit: null,
  fail_calc: 'count(*)',
  warn_if: '!= 0',
  error_if: '!= 0',
  sql_header: null,
}

const IDENTIFIER = /^(?:[\p{L}_][\p{L}\p{N}_$]*|"[^"]+")$/u

/**
 * The rule of a test whose macro is a built-in one: judged with others in one scan. Undefined for every other test, and for those that
 * only their macro can answer, as they ask for more than a rule knows. Arguments that are wrong are noted (WW1208).
 */
export function nativeRule(
  node: ManifestTest,
  args: Readonly<Record<string, unknown>>,
  locate: () => Location | undefined,
  diagnostics: Diagnostics,
): RuleDraft | 'wrong' | undefined {
  const test = node.test_metadata
  if (!test || !NATIVE.has(node.depends_on.macros[0] ?? '')) return undefined
  const isPlain = Object.entries(ASIDE).every(([key, usual]) => {
    const value = node.config[key]
    return value === undefined || value === null || value === usual
  })
  const { column_name: column, model: _model, ...others } = args
  // What is called a column or a field may be any expression.
  const names = [column, others['field']].filter((name) => typeof name === 'string')
  if (!isPlain || !names.every((name) => IDENTIFIER.test(name))) return undefined
  const named = typeof column === 'string' ? column.replace(/^"(.*)"$/, '$1') : undefined
  const { rule, problems } = readGenericTest(test.name, others, named) ?? { rule: undefined, problems: [] }
  for (const { message, hint } of problems) {
    diagnostics.error(
      new WaterworksError('WW1208', {
        message: `The test ${test.name} ${message}.`,
        location: locate(),
        hint,
      }),
    )
  }
  return problems.length > 0 ? 'wrong' : rule
}

/** Not every column has to be described, so only a name that is almost a described one is worth a word: WW1210. */
export function warnOfMisspeltColumns(
  test: string,
  table: string,
  columns: readonly string[],
  described: readonly string[],
  locate: () => Location | undefined,
  diagnostics: Diagnostics,
): void {
  const lower = new Set(described.map((name) => name.toLowerCase()))
  for (const column of columns) {
    const near = lower.has(column.toLowerCase()) ? undefined : suggest(column, described)
    if (near === undefined) continue
    diagnostics.warn(
      new WaterworksError('WW1210', {
        message: `The test ${test} names the column "${column}", which is not described for ${table}.`,
        location: locate(),
        hint: `Did you mean "${near}"?`,
      }),
    )
  }
}

export function soleColumn(rule: RuleDraft): string | undefined {
  const [only, ...more] = columnsOf(rule)
  return more.length === 0 ? only : undefined
}
