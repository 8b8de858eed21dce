import type { ColumnProfile } from './profile/table-profile.ts'
import { snakeCase } from './snake-case.ts'

/** What should hold of a column, by what it is rather than by what its values happen to be. */
export interface ColumnChecks {
  /** Against the nature of things: rows that fail it are rejected. */
  readonly range: { readonly min?: number; readonly max?: number; readonly hard: boolean } | undefined
  readonly notNull: boolean
  readonly values: readonly string[] | undefined
}

/** With fewer rows there is nothing to conclude from. */
const FEWEST_ROWS = 50
/** A value of an enumeration is met again and again. */
const ROWS_PER_VALUE = 8
const LONGEST_VALUE = 40

const AMOUNT =
  /(?:^|_)(?:amount|price|cost|quantity|qty|count|total|age|distance|duration|weight|height|length|population|size|sales|gross|budget|revenue|votes|volume|horsepower|cylinders|magnitude|precipitation)(?:_|$)/
const IDENTITY = /(?:^|_)(?:id|key|code|status|state|type|category|kind)$/

/** The checks that suit a column. None of them fails on what was profiled, and none is taken from its extremes. */
export function chooseChecks(column: ColumnProfile, rows: number): ColumnChecks {
  const name = snakeCase(column.name, '')
  const enough = rows >= FEWEST_ROWS
  const values = enough ? enumeration(column, rows) : undefined
  const range = rangeOf(name, column, enough)
  const matters = range !== undefined || values !== undefined || IDENTITY.test(name) || isMoment(column)
  return { range, values, notNull: enough && column.nulls === 0 && matters }
}

function isMoment({ type, dateFormat }: ColumnProfile): boolean {
  return /^(?:date|timestamp)/.test(type.kind) || dateFormat !== undefined
}

function enumeration({ values, longest, nulls }: ColumnProfile, rows: number): readonly string[] | undefined {
  if (values === undefined || values.length < 2 || (longest ?? 0) > LONGEST_VALUE) return undefined
  // A text with a template's marks in it would be rendered.
  if (values.some((value) => /\{[{%#]/.test(value) || value.trim() === '')) return undefined
  return rows - nulls >= values.length * ROWS_PER_VALUE ? values : undefined
}

function rangeOf(name: string, { range }: ColumnProfile, enough: boolean): ColumnChecks['range'] {
  if (range === undefined) return undefined
  const within = (min: number, max: number) => range.min >= min && range.max <= max
  if (/(?:^|_)lat(?:itude)?$/.test(name))
    return within(-90, 90) ? { min: -90, max: 90, hard: true } : undefined
  if (/(?:^|_)(?:lon|lng|long|longitude)$/.test(name)) {
    return within(-180, 180) ? { min: -180, max: 180, hard: true } : undefined
  }
  if (!enough) return undefined
  if (/(?:^|_)(?:percent|percentage|pct)(?:_|$)/.test(name) && within(0, 100))
    return { min: 0, max: 100, hard: false }
  return AMOUNT.test(name) && range.min >= 0 ? { min: 0, hard: false } : undefined
}
