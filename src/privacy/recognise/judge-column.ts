import type { PersonalKind } from '../../project/personal-data.ts'
import { GIVEN_NAMES } from './given-names.ts'
import { mayNamePeople, nameKind, wordsOf } from './name-kinds.ts'
import { type ValueKind, valueKinds } from './value-kinds.ts'

/** What a column looks like. */
export interface Finding {
  /** Its name, or a path into its JSON. */
  readonly column: string
  readonly kind: PersonalKind
  /** Of the values that were looked at, how many look so: 0 to 1. */
  readonly share: number
  readonly looked: number
}

/** A share of values that says it without the name of the column, and one that says it with the name. */
const BY_VALUES = 0.8
const WITH_NAME = 0.4
/** Of names of people, how many have a frequent given name in them. */
const GIVEN = 0.2
/** Fewer distinct values say nothing without the name. */
const LEAST_DISTINCT = 5

const WORDS_OF_A_NAME = /^(?:[\p{L}\p{M}][\p{L}\p{M}'’.\s-]{1,60}|\p{Script=Han})$/u
const SEVERAL_CAPITALS =
  /^\p{Lu}[\p{L}\p{M}'’.-]*(?:\s(?:\p{Lu}|d[aeiou]s?\s|v[ao]n\s)[\p{L}\p{M}'’.-]*){1,4}$/u
const STREET = /^(?=.*\p{L}{3})(?=.*\d).{6,200}$/su
const DATE =
  /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T ].*)?|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{2}|\d{4})|(?:19|20)\d{2})$/
const NUMBER_OF_A_PHONE = /^[\d\s().+/-]{7,20}(?:\s?(?:x|ext\.?)\s?\d{1,6})?$/

/**
 * What a column looks like by its name and a sample of its values, or undefined when it looks like nothing personal.
 * Made to be right when it says something: a kind is found where four values of five have its form and check digits
 * and at least five differ, or where two of five do and the name says so as well. Names, addresses and birth dates
 * need a name of the column that speaks of them, and where it only says "customer", given names among the values.
 */
export function judgeColumn(column: string, sample: readonly string[]): Finding | undefined {
  const values = sample.map((value) => value.trim()).filter((value) => value !== '')
  if (values.length === 0) return undefined
  const named = nameKind(column)
  const looks = Map.groupBy(values.flatMap(valueKinds), ({ kind, country = '' }) => `${kind} ${country}`)
  const [best] = [...looks.values()].toSorted(
    (a, b) => b.length - a.length || Number(b[0]!.kind === named) - Number(a[0]!.kind === named),
  )
  const found = (kind: PersonalKind, count: number): Finding => ({
    column,
    kind,
    share: count / values.length,
    looked: values.length,
  })
  if (best !== undefined) {
    const [{ kind }] = best as [ValueKind]
    const share = best.length / values.length
    const isVersion = kind === 'ip' && /\bversion\b/.test(wordsOf(column))
    const enough = share >= BY_VALUES && new Set(values).size >= LEAST_DISTINCT && !isVersion
    if (enough || (share >= WITH_NAME && named === kind)) return found(kind, best.length)
  }
  if (named === undefined) {
    const count = mayNamePeople(column) ? countOfPeople(values) : 0
    return count >= BY_VALUES * values.length ? found('name', count) : undefined
  }
  const fits = FITS[named]
  const count = fits === undefined ? 0 : values.filter((value) => fits.test(value)).length
  return count >= BY_VALUES * values.length ? found(named, count) : undefined
}

/** What values are of kinds that have no check digits, and are found by the name of their column. */
const FITS: Readonly<Partial<Record<PersonalKind, RegExp>>> = {
  name: WORDS_OF_A_NAME,
  address: STREET,
  birth_date: DATE,
  phone: NUMBER_OF_A_PHONE,
}

/** How many values are written as names of people are, where enough of these have a given name in them. */
function countOfPeople(values: readonly string[]): number {
  const written = values.filter((value) => SEVERAL_CAPITALS.test(value))
  const given = written.filter((value) =>
    wordsOf(value)
      .split(' ')
      .some((word) => GIVEN_NAMES.has(word)),
  )
  return given.length >= GIVEN * values.length ? written.length : 0
}
