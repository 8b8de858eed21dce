import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Origin } from '../../project/origin.ts'
import type { TestEntry } from '../../project/schema/properties-file.ts'
import type { Config } from '../merge-configs.ts'
import { isRecord } from './config-rules.ts'
import type { ParseScope } from './parse-scope.ts'

/** One test of a properties file, taken apart. */
export interface TestDefinition {
  /** As in the file; the package before it is apart. */
  readonly name: string
  readonly namespace: string | null
  /** Arguments of the macro, as they are written. */
  readonly args: Config
  /** Its configuration, templates rendered. */
  readonly config: Config
  readonly givenName: string | undefined
  readonly description: string
}

/** Settings that may stand among the arguments. */
const SETTINGS = [
  ...['severity', 'tags', 'enabled', 'where', 'limit', 'warn_if', 'error_if', 'fail_calc'],
  ...['store_failures', 'store_failures_as', 'meta', 'database', 'schema', 'alias'],
]

/** Takes an entry under `tests:` or `data_tests:` apart, in every spelling of dbt. Throws WW1027, WW1006 and WW1007. */
export function readTestEntry(
  entry: TestEntry,
  packageName: string,
  origin: Origin,
  scope: ParseScope,
): TestDefinition {
  const { test, given, within } = split(entry, origin, scope)
  const at = { file: origin.file, path: [...origin.path, ...within] }
  const [name, namespace] = test.split('.').reverse()
  const { config: written, arguments: nested, name: givenName, description, ...rest } = given
  const args: Record<string, unknown> = { ...rest }
  if (written !== undefined && written !== null && !isRecord(written))
    throw wrong(
      'WW1006',
      'the config of a test must be a mapping',
      { ...at, path: [...at.path, 'config'] },
      scope,
    )
  const config: Record<string, unknown> = {}
  for (const key of SETTINGS) {
    const beside = args[key]
    delete args[key]
    const value = isGiven(beside) ? beside : isRecord(written) ? written[key] : undefined
    if (isGiven(beside) && isRecord(written) && Object.hasOwn(written, key)) {
      throw wrong('WW1027', `the setting "${key}" of ${test} stands beside its config and in it`, at, scope)
    }
    if (value !== undefined && value !== null) config[key] = value
  }
  for (const [key, value] of Object.entries(isRecord(written) ? written : {})) {
    if (value !== null && !SETTINGS.includes(key)) config[key] = value
  }
  const rendered = scope.yaml.all(config, packageName, origin.file)
  const settings = isRecord(rendered) ? rendered : {}
  const { severity } = settings
  if (severity !== undefined && !/^(?:warn|error)$/i.test(String(severity))) {
    throw wrong(
      'WW1007',
      'the severity of a test is error or warn',
      { ...at, path: [...at.path, 'severity'] },
      scope,
    )
  }
  return {
    name: name!,
    namespace: namespace ?? null,
    args: { ...args, ...(isRecord(nested) ? nested : {}) },
    config: settings,
    givenName: typeof givenName === 'string' ? givenName : undefined,
    description: typeof description === 'string' ? description : '',
  }
}

interface Split {
  readonly test: string
  readonly given: Readonly<Record<string, unknown>>
  /** Keys that lead from the entry to what is given. */
  readonly within: readonly string[]
}

function split(entry: TestEntry, origin: Origin, scope: ParseScope): Split {
  if (typeof entry === 'string') return { test: entry, given: {}, within: [] }
  if (typeof entry['test_name'] === 'string') {
    const { test_name: test, ...given } = entry
    return { test: entry['test_name'], given, within: [] }
  }
  const names = Object.keys(entry)
  const [test] = names
  if (test === undefined || names.length > 1) {
    const stray = names.find(
      (name, index) =>
        index > 0 && [...SETTINGS, 'name', 'config', 'arguments', 'description'].includes(name),
    )
    throw wrong(
      'WW1027',
      test === undefined ? 'the test is empty' : `${names.join(', ')} stand in one test`,
      origin,
      scope,
      stray
        ? `Indent "${stray}" further, so that it belongs to "${test}".`
        : 'Write one test per entry of the list.',
    )
  }
  const given = entry[test]
  if (given !== null && !isRecord(given)) {
    const place = { file: origin.file, path: [...origin.path, test] }
    throw wrong('WW1006', `the arguments of "${test}" must be a mapping`, place, scope)
  }
  return { test, given: given ?? {}, within: [test] }
}

/** Python's truth: an empty text or list stands for nothing. */
function isGiven(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === '' || value === 0) return false
  return typeof value !== 'object' || Object.keys(value).length > 0
}

function wrong(
  code: 'WW1006' | 'WW1007' | 'WW1027',
  message: string,
  origin: Origin,
  scope: ParseScope,
  hint?: string,
): WaterworksError {
  return new WaterworksError(code, { message, hint, location: scope.locate(origin) })
}
