import { regularExpression } from '../../dbt/python/regular-expression.ts'
import { NetworkError } from '../http/network-error.ts'
import type { Outcome } from '../http/retrying-client.ts'
import type { Definition } from './definition.ts'

/** Reads the number in a header that a definition names, or what its `regex` finds at the header's beginning. */
export function headerNumber(definition: Definition): (outcome: Outcome) => number | undefined {
  const name = definition.expression('header')
  const regex = definition.optionalExpression('regex')
  return (outcome) => {
    const header = outcome instanceof NetworkError ? undefined : outcome.header(name.text())
    if (header === undefined || header === '') return undefined
    const number = Number(regex === undefined ? header : beginning(regex.text(), header))
    return Number.isFinite(number) ? number : undefined
  }
}

function beginning(pattern: string, header: string): string {
  const expression = regularExpression(pattern)
  expression.lastIndex = 0
  const match = expression.exec(header)
  return match?.index === 0 ? match[0] : header
}

/** Throws WW4412 where a server asks for a longer wait than the manifest allows. */
export function withinAllowance(definition: Definition, seconds: number): number {
  const most = definition.optionalNumber('max_waiting_time_in_seconds')
  if (most !== undefined && seconds >= most) {
    throw definition.tooLong(seconds, most)
  }
  return seconds
}
