import type { RowRule } from '../quality/row-rule.ts'
import { type ContractProperty, columnOf } from './contract.ts'
import type { ContractDialect } from './contract-dialect.ts'

/** What `logicalTypeOptions` says of a property's values, as row rules; and the options that are not checked. */
export function compileOptions(
  property: ContractProperty,
  dialect: ContractDialect,
): { readonly rules: readonly RowRule[]; readonly left: readonly string[] } {
  const column = columnOf(property)
  const { options } = property
  const rules: RowRule[] = []
  const { minLength, maxLength, pattern, format, minimum, maximum, multipleOf } = options
  if ((minLength ?? 0) > 0 || maxLength !== undefined) {
    rules.push({
      rule: 'length',
      column,
      ...(minLength === undefined ? {} : { min: minLength }),
      ...(maxLength === undefined ? {} : { max: maxLength }),
    })
  }
  if (pattern !== undefined) rules.push({ rule: 'matches', column, pattern })
  const known =
    property.logicalType === 'string' && format !== undefined ? FORMATS[format.toLowerCase()] : undefined
  if (known !== undefined) rules.push({ rule: 'matches', column, pattern: known })
  const range = (inclusive: boolean, min: Bound, max: Bound) => {
    if (min === undefined && max === undefined) return
    const low = min === undefined ? {} : { min }
    rules.push({ rule: 'accepted_range', column, inclusive, ...low, ...(max === undefined ? {} : { max }) })
  }
  range(true, minimum, maximum)
  range(false, options.exclusiveMinimum, options.exclusiveMaximum)
  if (multipleOf !== undefined) {
    const name = dialect.identifier(column)
    rules.push({ rule: 'expression', expression: `mod(cast(${name} as decimal(38, 12)), ${multipleOf}) = 0` })
  }
  const left = UNCHECKED.filter((option) => options[option] !== undefined)
  return {
    rules,
    left: format !== undefined && known === undefined && !isOfType(property) ? [...left, 'format'] : left,
  }
}

type Bound = number | bigint | string | undefined

/** Not yet: what lists hold. */
const UNCHECKED = ['minItems', 'maxItems', 'uniqueItems', 'required'] as const

/** Formats of numbers are sizes of types, those of times say how they are shown. */
function isOfType({ logicalType }: ContractProperty): boolean {
  return logicalType !== 'string'
}

/** Formats of texts, as RFC 5321, 3986, 4122 and 791 have them, as far as a regular expression can say. */
const FORMATS: Readonly<Record<string, string>> = {
  email: '^[^@[:space:]]+@[^@[:space:]]+[.][^@[:space:]]+$',
  uri: '^[A-Za-z][A-Za-z0-9+.-]*:[^[:space:]]*$',
  uuid: '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$',
  ipv4: '^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])$',
}
