import type { Check } from './check.ts'
import type { Metric } from './metrics/metric.ts'
import type { RowRule } from './row-rule.ts'
import { within } from './where.ts'

/** What failing rows are a share of: the rows that are judged, or those with a value where a tolerance says so. */
export function judgedRows(check: Check, rule: RowRule): Metric {
  const { tolerance } = check
  const ofValues = tolerance !== undefined && !('rows' in tolerance) && tolerance.of === 'values'
  return ofValues && 'column' in rule
    ? { metric: 'value_count', column: rule.column, ...within(check) }
    : { metric: 'row_count', ...within(check) }
}
