import { suggest } from '../../errors/suggest.ts'
import type { Intake } from '../intake.ts'
import type { Origin } from '../origin.ts'
import type { TestProperties } from '../project.ts'
import { asList } from '../schema/fields.ts'
import type { TestEntry } from '../schema/properties-file.ts'
import { isMapping } from '../yaml/is-mapping.ts'
import { canonicalTest } from './test-synonyms.ts'

/** Shared by the many tests that have none. */
const NO_TAGS: readonly string[] = Object.freeze([])

export interface TestSurroundings {
  readonly intake: Intake
  /** Generic tests that the project defines itself. */
  readonly ownTests: ReadonlySet<string>
}

type Entries = readonly TestEntry[] | null | undefined

const BUILT_IN = [
  ...['not_null', 'unique', 'accepted_values', 'relationships'],
  ...['accepted_range', 'recency', 'expression', 'row_count', 'matches'],
]

/** Settings that are understood; they may stand among the arguments or under `config:`. */
const SETTINGS: ReadonlySet<string> = new Set(['severity', 'where', 'tags', 'enabled', 'name'])
/** Settings that only say where a test is kept or shown. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set([
  'description',
  'docs',
  'meta',
  'group',
  'alias',
  'schema',
  'database',
])
const LATER: ReadonlySet<string> = new Set([
  'warn_if',
  'error_if',
  'fail_calc',
  'limit',
  'store_failures',
  'store_failures_as',
  'sql_header',
])

/**
 * The tests of one column or model, in every spelling of dbt: under `tests` or `data_tests`; a name alone; a name with
 * its arguments, plain or under `arguments`; or `test_name` beside them. Tests that are disabled are left out.
 */
export function readTests(
  entry: { readonly tests?: Entries; readonly data_tests?: Entries },
  column: string | undefined,
  origin: Origin,
  around: TestSurroundings,
): readonly TestProperties[] {
  return (['tests', 'data_tests'] as const).flatMap((key) =>
    (entry[key] ?? []).flatMap((test, index) => {
      const place = { file: origin.file, path: [...origin.path, key, index] }
      const read = readTest(test, column, place, around)
      return read ? [read] : []
    }),
  )
}

function readTest(
  entry: TestEntry,
  column: string | undefined,
  origin: Origin,
  around: TestSurroundings,
): TestProperties | undefined {
  const { intake } = around
  const split =
    typeof entry === 'string' ? { test: entry, given: {}, within: [] } : splitEntry(entry, origin, intake)
  if (!split) return undefined
  const { test: written, given, within } = split
  const at = (...path: string[]): Origin => ({
    file: origin.file,
    path: [...origin.path, ...within, ...path],
  })
  const settings: Record<string, unknown> = {}
  const args: Record<string, unknown> = {}
  const take = (key: string, value: unknown, place: Origin): boolean => {
    if (LATER.has(key)) {
      intake.warn('WW1914', place, {
        message: `the setting "${key}" of a test has no effect yet`,
        part: 'key',
      })
    } else if (SETTINGS.has(key)) settings[key] = value
    else return WITHOUT_EFFECT.has(key)
    return true
  }
  for (const [key, value] of Object.entries(given)) {
    if (key === 'config') {
      for (const [setting, chosen] of Object.entries(isMapping(value) ? value : {})) {
        if (take(setting, chosen, at('config', setting))) continue
        unknownSetting(setting, at('config', setting), intake)
      }
    } else if (key === 'arguments') {
      Object.assign(args, isMapping(value) ? value : {})
    } else if (!take(key, value, at(key))) args[key] = value
  }
  if (settings['enabled'] === false) return undefined
  const canonical = canonicalTest(written, args, column)
  if ('problem' in canonical) {
    intake.error('WW1027', at(), { message: `${written} ${canonical.problem}` })
    return undefined
  }
  if (!isKnown(canonical.test, written, origin, around)) return undefined
  return {
    test: canonical.test,
    arguments: canonical.arguments,
    name: textSetting(settings, 'name', at('name'), intake),
    severity: readSeverity(settings['severity'], at('severity'), intake),
    where: textSetting(settings, 'where', at('where'), intake),
    tags: readTags(settings['tags'], at('tags'), intake),
    origin,
  }
}

interface SplitEntry {
  readonly test: string
  readonly given: Readonly<Record<string, unknown>>
  /** Keys that lead from the entry to what is given. */
  readonly within: readonly string[]
}

function splitEntry(
  entry: Readonly<Record<string, unknown>>,
  origin: Origin,
  intake: Intake,
): SplitEntry | undefined {
  if (typeof entry['test_name'] === 'string') {
    const { test_name: test, ...given } = entry
    return { test: entry['test_name'], given, within: [] }
  }
  const names = Object.keys(entry)
  const [test] = names
  if (test === undefined || names.length > 1) {
    const stray = names.find(
      (name, index) => index > 0 && (SETTINGS.has(name) || name === 'config' || name === 'arguments'),
    )
    intake.error('WW1027', origin, {
      message: test === undefined ? 'the test is empty' : `${names.join(', ')} stand in one test`,
      hint: stray
        ? `Indent "${stray}" further, so that it belongs to "${test}".`
        : 'Write one test per entry of the list.',
    })
    return undefined
  }
  const given = entry[test]
  if (given !== null && !isMapping(given)) {
    intake.error(
      'WW1006',
      { file: origin.file, path: [...origin.path, test] },
      {
        message: `the arguments of "${test}" must be a mapping`,
      },
    )
    return undefined
  }
  return { test, given: given ?? {}, within: [test] }
}

function isKnown(
  test: string,
  written: string,
  origin: Origin,
  { intake, ownTests }: TestSurroundings,
): boolean {
  if (BUILT_IN.includes(test)) return true
  if (ownTests.has(test) || test.includes('.')) {
    const owner = test.includes('.') ? `the package "${test.split('.')[0]}"` : 'the project'
    intake.warn('WW1913', origin, {
      message: `the test "${written}" of ${owner} does not run yet`,
      part: 'key',
    })
    return false
  }
  const near = suggest(test, [...BUILT_IN, ...ownTests])
  intake.error('WW1033', origin, {
    message: `there is no test "${written}"`,
    hint: near ? `Did you mean "${near}"?` : `Tests: ${[...BUILT_IN, ...ownTests].join(', ')}.`,
  })
  return false
}

function unknownSetting(setting: string, origin: Origin, intake: Intake): void {
  const near = suggest(setting, [...SETTINGS, ...LATER, ...WITHOUT_EFFECT])
  intake.error('WW1004', origin, {
    message: `unknown key "${setting}" in the config of a test`,
    hint: near ? `Did you mean "${near}"?` : 'Arguments stand beside "config", not in it.',
    part: 'key',
  })
}

function readSeverity(given: unknown, origin: Origin, intake: Intake): 'error' | 'warn' {
  const severity = typeof given === 'string' ? given.toLowerCase() : given
  if (severity === undefined || severity === 'error') return 'error'
  if (severity === 'warn') return 'warn'
  intake.error('WW1007', origin, { message: 'the severity of a test is error or warn' })
  return 'error'
}

function textSetting(
  settings: Readonly<Record<string, unknown>>,
  key: string,
  origin: Origin,
  intake: Intake,
): string | undefined {
  const given = settings[key]
  if (given === undefined || given === null || typeof given === 'string') return given ?? undefined
  intake.error('WW1006', origin, { message: `"${key}" of a test must be a text` })
  return undefined
}

function readTags(given: unknown, origin: Origin, intake: Intake): readonly string[] {
  if (given === undefined || given === null) return NO_TAGS
  if (typeof given === 'string') return asList(given)
  if (Array.isArray(given) && given.every((tag) => typeof tag === 'string')) return given
  intake.error('WW1006', origin, { message: 'the tags of a test must be a text or a list of texts' })
  return []
}
