import { acceptedValuesRule } from './accepted-values-rule.ts'
import { agreesRule } from './agrees-rule.ts'
import type { Check } from './check.ts'
import type { CheckCode } from './check-code.ts'
import type { CheckTarget } from './check-target.ts'
import { judgeRows } from './judge-rows.ts'
import { metricRule } from './metric-rule.ts'
import { recencyRule } from './recency-rule.ts'
import { relationshipsRule } from './relationships-rule.ts'
import { rowCountRule } from './row-count-rule.ts'
import { isRowRule } from './row-rule.ts'
import { schemaRule } from './schema-rule.ts'
import { sqlRule } from './sql-rule.ts'
import { uniqueRule } from './unique-rule.ts'

/** One check as SQL for one relation on one engine. */
export function compileCheck(check: Check, target: CheckTarget): CheckCode {
  const { rule } = check
  if (isRowRule(rule)) {
    return rule.rule === 'accepted_values'
      ? acceptedValuesRule(check, rule, target)
      : judgeRows(check, rule, target)
  }
  switch (rule.rule) {
    case 'unique':
      return uniqueRule(check, rule, target)
    case 'relationships':
      return relationshipsRule(check, rule, target)
    case 'recency':
      return recencyRule(check, rule, target)
    case 'row_count':
      return rowCountRule(check, rule)
    case 'metric':
      return metricRule(check, rule)
    case 'agrees':
      return agreesRule(check, rule)
    case 'schema':
      return schemaRule(rule, target)
    case 'sql':
      return sqlRule(check, rule)
  }
}
