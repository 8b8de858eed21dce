import type { Scalar } from '../engines/dialect.ts'
import type { CheckRule } from '../quality/check.ts'
import { ArgumentReader } from './argument-reader.ts'
import { parseReference, type Reference } from './reference.ts'

/** The rules that tests can ask for. */
export type TestRule =
  | 'not_null'
  | 'unique'
  | 'accepted_values'
  | 'relationships'
  | 'accepted_range'
  | 'recency'
  | 'matches'
  | 'expression'
  | 'row_count'

/** A check's rule in which the table that relationships point to is still a name. */
export type RuleDraft =
  | Extract<CheckRule, { readonly rule: Exclude<TestRule, 'relationships'> }>
  | {
      readonly rule: 'relationships'
      readonly column: string
      readonly to: Reference
      readonly field: string
    }

export interface RuleReading {
  readonly rule: RuleDraft
  /** What is wrong with the arguments, as the rest of a sentence that begins with the test's name. */
  readonly problems: readonly { readonly message: string; readonly hint?: string }[]
}

type Read = (args: ArgumentReader, column: string) => RuleDraft

interface GenericTest {
  /** Whether the test judges one column, given by its place in the file or as `column_name`. */
  readonly column: 'needed' | 'optional' | 'none'
  readonly read: Read
}

/** The tests that a schema.yml can ask for: dbt's four, and ours. */
const tests: Readonly<Record<string, GenericTest>> = {
  not_null: { column: 'needed', read: (_, column) => ({ rule: 'not_null', column }) },
  unique: {
    column: 'optional',
    read: (args, column) => {
      const columns = args.texts('columns')
      if (column === '' && columns === undefined) args.require(undefined, 'columns', [])
      if (column !== '' && columns !== undefined) {
        args.problems.push({
          message: 'is on a column and names "columns" as well',
          hint: 'Move it to the model.',
        })
      }
      return { rule: 'unique', columns: columns ?? [column] }
    },
  },
  accepted_values: {
    column: 'needed',
    read: (args, column) => {
      const values = args.require(args.scalars('values'), 'values', [])
      const quote = args.boolean('quote') ?? true
      return {
        rule: 'accepted_values',
        column,
        values: quote ? values : values.map((value) => bare(value, args)),
      }
    },
  },
  relationships: {
    column: 'needed',
    read: (args, column) => {
      const text = args.require(args.text('to'), 'to', undefined)
      const to = text === undefined ? undefined : parseReference(text)
      if (text !== undefined && !to) {
        args.problems.push({
          message: `cannot read "${text}" as "to"`,
          hint: "Write to: ref('model') or to: source('source', 'table').",
        })
      }
      const field = args.require(args.text('field'), 'field', '')
      return {
        rule: 'relationships',
        column,
        to: to ?? { kind: 'ref', package: undefined, model: '' },
        field,
      }
    },
  },
  accepted_range: {
    column: 'needed',
    read: (args, column) => {
      // min_value and max_value are what dbt's users know from its packages.
      const min = args.bound('min') ?? args.bound('min_value')
      const max = args.bound('max') ?? args.bound('max_value')
      atLeastOne(args, min, max)
      const inclusive = args.boolean('inclusive') ?? true
      return { rule: 'accepted_range', column, ...given('min', min), ...given('max', max), inclusive }
    },
  },
  recency: {
    column: 'needed',
    read: (args, column) => ({
      rule: 'recency',
      column,
      hours: args.require(args.positive('hours'), 'hours', 1),
    }),
  },
  matches: {
    column: 'needed',
    read: (args, column) => ({
      rule: 'matches',
      column,
      pattern: args.require(args.text('pattern'), 'pattern', ''),
    }),
  },
  expression: {
    column: 'optional',
    read: (args) => ({
      rule: 'expression',
      expression: args.require(args.text('expression'), 'expression', 'true'),
    }),
  },
  row_count: {
    column: 'none',
    read: (args) => {
      const [min, max] = [args.count('min'), args.count('max')]
      atLeastOne(args, min, max)
      return { rule: 'row_count', ...given('min', min), ...given('max', max) }
    },
  },
}

export const genericTestNames: readonly string[] = Object.keys(tests)

/**
 * Interprets one entry under `tests:`. `column` is where it stands, or undefined for one on the table as a whole.
 * Gives undefined for a test that does not exist.
 */
export function readGenericTest(
  test: string,
  args: Readonly<Record<string, unknown>>,
  column: string | undefined,
): RuleReading | undefined {
  const found = Object.hasOwn(tests, test) ? tests[test]! : undefined
  if (!found) return undefined
  const reader = new ArgumentReader(args)
  const named = found.column === 'none' || column !== undefined ? undefined : reader.text('column_name')
  if (found.column === 'needed' && column === undefined) reader.require(named, 'column_name', '')
  if (found.column === 'none' && column !== undefined) {
    reader.problems.push({
      message: 'judges the table as a whole',
      hint: 'Move it from the column to the model.',
    })
  }
  const rule = found.read(reader, column ?? named ?? '')
  reader.finish()
  return { rule, problems: reader.problems }
}

/** The columns of the checked table that a rule names. */
export function columnsOf(rule: RuleDraft): readonly string[] {
  if (rule.rule === 'unique') return rule.columns
  return 'column' in rule ? [rule.column] : []
}

/** `quote: false` is dbt's way to say that the values are not texts. */
function bare(value: Scalar, args: ArgumentReader): Scalar {
  if (typeof value !== 'string') return value
  if (/^[+-]?\d+$/.test(value)) return Number.isSafeInteger(Number(value)) ? Number(value) : BigInt(value)
  if (value.trim() !== '' && Number.isFinite(Number(value))) return Number(value)
  if (/^(true|false)$/i.test(value)) return value.toLowerCase() === 'true'
  args.problems.push({
    message: `has "quote: false" but "${value}" is a text`,
    hint: 'Leave quote out, or use an expression test for values that are SQL.',
  })
  return value
}

function atLeastOne(args: ArgumentReader, min: unknown, max: unknown): void {
  if (min === undefined && max === undefined && args.problems.length === 0) {
    args.problems.push({ message: 'needs the argument "min" or "max"' })
  }
}

function given<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V })
}
