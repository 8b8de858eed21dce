import type { Field, LogicalType } from '../batch/logical-type.ts'
import type { Dialect } from '../engines/dialect.ts'
import { isWithin, sayBounds } from './bounds.ts'
import type { SchemaColumn, SchemaRule } from './check.ts'
import type { CheckCode } from './check-code.ts'
import type { CheckTarget } from './check-target.ts'
import { counted } from './describe-rule.ts'

/** What the columns of a relation are, against what they must be. Each thing that is wrong with one of them is a failure. */
export function schemaRule(rule: SchemaRule, { dialect }: Pick<CheckTarget, 'dialect'>): CheckCode {
  return {
    metrics: [],
    verdict: () => ({ failures: 0, problem: undefined }),
    judgeFields: (fields) => {
      const problems = findProblems(rule, fields, dialect)
      return { failures: problems.length, problem: problems.length === 0 ? undefined : problems.join('; ') }
    },
    failingRows: undefined,
  }
}

function findProblems(rule: SchemaRule, fields: readonly Field[], dialect: Dialect): readonly string[] {
  const { columns = [], count } = rule
  const key = (name: string) => (rule.exactCase === true ? name : name.toLowerCase())
  const places = new Map(fields.map(({ name }, index) => [key(name), index]))
  const wanted = new Set(columns.map(({ name }) => key(name)))
  const problems = columns.flatMap((column) =>
    columnProblems(column, places.get(key(column.name)), fields, dialect),
  )
  if (rule.noOthers === true) {
    for (const { name } of fields)
      if (!wanted.has(key(name))) problems.push(`the column ${name} is not expected`)
  }
  if (rule.ordered === true) {
    const found = columns.flatMap(({ name }) => places.get(key(name)) ?? [])
    if (found.some((place, index) => index > 0 && place < found[index - 1]!)) {
      problems.push(`the columns do not stand in the order ${columns.map(({ name }) => name).join(', ')}`)
    }
  }
  if (count !== undefined && !isWithin(fields.length, count)) {
    problems.push(`there are ${counted(fields.length, 'column')}, and should be ${sayBounds(count)}`)
  }
  return problems
}

function columnProblems(
  { name, types, position }: SchemaColumn,
  place: number | undefined,
  fields: readonly Field[],
  dialect: Dialect,
): string[] {
  const field = place === undefined ? undefined : fields[place]
  if (!field) return [`there is no column ${name}`]
  const problems: string[] = []
  if (position !== undefined && place !== position) {
    problems.push(`the column ${name} is at place ${place! + 1}, and should be at ${position + 1}`)
  }
  if (types !== undefined && !types.some((type) => isOfType(field.type, type, dialect))) {
    problems.push(
      `the column ${name} is of type ${dialect.typeName(field.type)}, and should be ${types.join(' or ')}`,
    )
  }
  return problems
}

function isOfType(type: LogicalType, wanted: string, dialect: Dialect): boolean {
  const family = FAMILIES[wanted.toLowerCase()]
  if (family) return family.test(type.kind) || (wanted.toLowerCase() === 'integer' && isWhole(type))
  const parsed = dialect.parseType(wanted)
  if (parsed === undefined) return dialect.typeName(type).toLowerCase() === wanted.toLowerCase()
  return dialect.typeName(parsed) === dialect.typeName(type)
}

function isWhole(type: LogicalType): boolean {
  return type.kind === 'decimal' && type.scale === 0
}

/** Families of types, for those who need not care which. */
const FAMILIES: Readonly<Record<string, RegExp>> = {
  integer: /^u?int\d+$/,
  number: /^(?:u?int\d+|float\d+|decimal)$/,
  float: /^float\d+$/,
  decimal: /^decimal$/,
  string: /^(?:text|uuid|json)$/,
  text: /^(?:text|uuid|json)$/,
  boolean: /^boolean$/,
  date: /^date$/,
  time: /^time$/,
  timestamp: /^timestamp(?:tz)?$/,
  binary: /^bytes$/,
  object: /^json$/,
  array: /^json$/,
}
