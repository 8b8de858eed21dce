import type { Field } from '../batch/logical-type.ts'
import type { Row } from '../engines/engine.ts'
import type { MapPlan } from './expectation-plan.ts'
import { observed } from './observed.ts'
import type { ResultFormat } from './result-format.ts'

/** What was counted of an expectation on rows. */
export interface MapCounts {
  readonly elements: number
  /** Undefined where nothing counts as missing. */
  readonly missing: number | undefined
  readonly unexpected: number
}

/** The unexpected rows that a result tells of. */
export interface UnexpectedRows {
  /** In their order: all of them for a complete result, else the first. */
  readonly rows: readonly Row[]
  /** The most common unexpected values, most common first, with `occurrences`. */
  readonly counts: readonly Row[]
  readonly query: string
}

/** Whether so many unexpected rows are let pass. Of nothing everything is as expected. */
export function isMet({ mostly }: MapPlan, { elements, missing, unexpected }: MapCounts): boolean {
  const judged = elements - (missing ?? 0)
  return judged === 0 || (judged - unexpected) / judged >= mostly
}

/** The `result` of an expectation on rows, as full as the format asks for. */
export function mapResult(
  plan: MapPlan,
  { elements, missing, unexpected }: MapCounts,
  found: UnexpectedRows,
  format: ResultFormat,
  fields: readonly Field[],
): Readonly<Record<string, unknown>> {
  if (format.level === 'BOOLEAN_ONLY') return {}
  const percent = (part: number, whole: number) => (whole === 0 ? null : (part / whole) * 100)
  const ofTotal = percent(unexpected, elements)
  const ofPresent = elements === 0 ? null : percent(unexpected, elements - (missing ?? 0))
  const show = (row: Row, column: string) => observed(row[column] ?? null, typeOf(column, fields))
  const valueIn = (row: Row): unknown => {
    const [only, ...more] = plan.shown
    if (only !== undefined && more.length === 0) return show(row, only)
    if (plan.isPair === true) return plan.shown.map((column) => show(row, column))
    return Object.fromEntries(plan.shown.map((column) => [column, show(row, column)]))
  }
  const indexOf = (row: Row) =>
    Object.fromEntries([...plan.shown, ...format.indexColumns].map((column) => [column, show(row, column)]))
  const values = found.rows.map(valueIn)
  const indexes = format.indexColumns.length === 0 ? undefined : found.rows.map(indexOf)
  const some = <T>(list: readonly T[]) => list.slice(0, format.partialCount)
  return {
    element_count: elements,
    unexpected_count: unexpected,
    unexpected_percent: ofPresent,
    ...(format.excludeValues ? {} : { partial_unexpected_list: some(values) }),
    ...(indexes === undefined ? {} : { unexpected_index_column_names: format.indexColumns }),
    ...(missing === undefined
      ? {}
      : {
          missing_count: missing,
          missing_percent: percent(missing, elements),
          unexpected_percent_total: ofTotal,
          unexpected_percent_nonmissing: ofPresent,
        }),
    ...(format.includeRows ? { unexpected_rows: some(found.rows) } : {}),
    ...(format.level === 'BASIC'
      ? {}
      : {
          ...(format.excludeValues || format.partialCount === 0
            ? {}
            : {
                partial_unexpected_counts: found.counts.map((row) => ({
                  value:
                    plan.shown.length === 1 ? valueIn(row) : plan.shown.map((column) => show(row, column)),
                  count: Number(row['_ww_occurrences']),
                })),
              }),
          ...(indexes === undefined ? {} : { partial_unexpected_index_list: some(indexes) }),
        }),
    ...(format.level === 'COMPLETE'
      ? {
          ...(format.excludeValues ? {} : { unexpected_list: values }),
          ...(indexes === undefined ? {} : { unexpected_index_list: indexes }),
          unexpected_index_query: found.query,
        }
      : {}),
  }
}

function typeOf(column: string, fields: readonly Field[]): Field['type'] {
  return fields.find(({ name }) => name === column)?.type ?? { kind: 'text' }
}
