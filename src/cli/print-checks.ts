import type { CheckResult } from '../quality/check.ts'
import type { Output } from './output.ts'
import { sayAmount, saySeconds } from './say-number.ts'

/** The results of checks for people, those that did not pass first. */
export function printChecks(name: string, results: readonly CheckResult[], output: Output): void {
  const { paint } = output
  if (results.length === 0) {
    output.print(`${name} has no checks`)
    return
  }
  const order: readonly CheckResult['status'][] = ['error', 'fail', 'warn', 'skipped', 'pass']
  const sorted = results.toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status))
  for (const { status, name: check, message, priority, seconds } of sorted) {
    const color = status === 'pass' ? paint.success : status === 'warn' ? paint.warning : paint.error
    const grave = priority === undefined ? '' : ` ${priority}`
    output.print(`  ${color(`${status}${grave}`.padEnd(8))} ${check} (${saySeconds(seconds)})`)
    if (status !== 'pass') output.print(`           ${message}`)
  }
  const passed = results.filter(({ status }) => status === 'pass').length
  output.print(`${passed} of ${sayAmount(results.length, 'check')} passed`)
}
