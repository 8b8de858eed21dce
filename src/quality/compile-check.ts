import { acceptedValuesRule } from './accepted-values-rule.ts'
import type { Check } from './check.ts'
import type { CheckCode } from './check-code.ts'
import type { CheckTarget } from './check-target.ts'
import { recencyRule } from './recency-rule.ts'
import { relationshipsRule } from './relationships-rule.ts'
import { rowCountRule } from './row-count-rule.ts'
import { rowRule } from './row-rule.ts'
import { sqlRule } from './sql-rule.ts'
import { uniqueRule } from './unique-rule.ts'

/** One check as SQL for one relation on one engine. */
export function compileCheck(check: Check, target: CheckTarget): CheckCode {
  const { rule } = check
  switch (rule.rule) {
    case 'unique':
      return uniqueRule(check, rule, target)
    case 'relationships':
      return relationshipsRule(check, rule, target)
    case 'recency':
      return recencyRule(check, rule, target)
    case 'row_count':
      return rowCountRule(check, rule)
    case 'sql':
      return sqlRule(check, rule)
    case 'accepted_values':
      return acceptedValuesRule(check, rule, target)
    case 'not_null':
    case 'accepted_range':
    case 'matches':
    case 'expression':
      return rowRule(check, rule, target)
  }
}
