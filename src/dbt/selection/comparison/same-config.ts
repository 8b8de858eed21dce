import type { Config } from '../../merge-configs.ts'
import { sameValue } from './same-value.ts'

/** Where a resource goes, what it is called and how it is marked: no part of how it is made. */
const BESIDES: ReadonlySet<string> = new Set(['alias', 'schema', 'database', 'tags', 'group'])

/** Of a test, only these count. */
const OF_TESTS = [
  'severity',
  'where',
  'limit',
  'fail_calc',
  'warn_if',
  'error_if',
  'store_failures',
  'store_failures_as',
  'sql_header',
]

/** Whether two configurations, as written, make the same of a resource. A key with nothing in it differs from no key, as in dbt. */
export function sameConfig(resourceType: string, now: Config, then: Config): boolean {
  const keys =
    resourceType === 'test'
      ? OF_TESTS
      : [...new Set([...Object.keys(now), ...Object.keys(then)])].filter((key) => !BESIDES.has(key))
  return keys.every(
    (key) => Object.hasOwn(now, key) === Object.hasOwn(then, key) && sameValue(now[key], then[key]),
  )
}
