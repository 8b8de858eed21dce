import type { OperationDefinition } from './operation-definition.ts'
import { cast } from './operations/cast.ts'
import { coalesce } from './operations/coalesce.ts'
import { convertCurrency } from './operations/convert-currency.ts'
import { country } from './operations/country.ts'
import { currency } from './operations/currency.ts'
import { dedupe } from './operations/dedupe.ts'
import { derive } from './operations/derive.ts'
import { drop } from './operations/drop.ts'
import { email } from './operations/email.ts'
import { explode } from './operations/explode.ts'
import { fill } from './operations/fill.ts'
import { filter } from './operations/filter.ts'
import { hash } from './operations/hash.ts'
import { keyedHash } from './operations/keyed-hash.ts'
import { lookup } from './operations/lookup.ts'
import { lower } from './operations/lower.ts'
import { map } from './operations/map.ts'
import { normalize } from './operations/normalize.ts'
import { nullIf } from './operations/null-if.ts'
import { phone } from './operations/phone.ts'
import { pivot } from './operations/pivot.ts'
import { rename } from './operations/rename.ts'
import { require } from './operations/require.ts'
import { rollup } from './operations/rollup.ts'
import { timeZone } from './operations/time-zone.ts'
import { tokenize } from './operations/tokenize.ts'
import { trim } from './operations/trim.ts'
import { units } from './operations/units.ts'
import { unpivot } from './operations/unpivot.ts'
import { upper } from './operations/upper.ts'
import { window } from './operations/window.ts'

/** Every operation, by the name that it has in pipeline files, in the order in which they are documented. */
export const operationTable = {
  trim,
  null_if: nullIf,
  cast,
  fill,
  coalesce,
  require,
  dedupe,
  filter,
  rename,
  lower,
  upper,
  normalize,
  map,
  email,
  phone,
  country,
  currency,
  convert_currency: convertCurrency,
  time_zone: timeZone,
  units,
  derive,
  lookup,
  hash,
  keyed_hash: keyedHash,
  tokenize,
  drop,
  explode,
  unpivot,
  rollup,
  pivot,
  window,
} as const

type Table = typeof operationTable
export type OperationName = keyof Table
export type OperationEntryOf<N extends OperationName> =
  Table[N] extends OperationDefinition<infer Entry, infer _Options> ? Entry : never
export type OperationOptionsOf<N extends OperationName> =
  Table[N] extends OperationDefinition<infer _Entry, infer Options> ? Options : never

const definitions: {
  readonly [N in OperationName]: OperationDefinition<OperationEntryOf<N>, OperationOptionsOf<N>>
} = operationTable

/** The definition of an operation. */
export function operationNamed<N extends OperationName>(
  name: N,
): OperationDefinition<OperationEntryOf<N>, OperationOptionsOf<N>> {
  return definitions[name]
}

export function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(operationTable, name)
}

export const operationNames: readonly OperationName[] = Object.keys(operationTable).filter(isOperationName)
