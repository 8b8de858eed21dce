import type { ContractProperty } from '../contract.ts'
import type { Exporter } from './exported.ts'
import { lostParts } from './lost-parts.ts'

/** A JSON Schema (draft 2020-12) of one row of each object, under `$defs`; of the only object where there is but one. */
export const toJsonSchema: Exporter = (contract) => {
  const schemas = contract.objects.map(({ name, description, properties }) => [
    name,
    { title: name, ...described(description), ...objectSchema(properties) },
  ])
  const [only, ...more] = schemas
  const body =
    only !== undefined && more.length === 0 ? Object(only[1]) : { $defs: Object.fromEntries(schemas) }
  const document = { $schema: 'https://json-schema.org/draft/2020-12/schema', ...body }
  return { text: `${JSON.stringify(document, bigAsNumber, 2)}\n`, lost: lostParts(contract) }
}

function objectSchema(properties: readonly ContractProperty[]): object {
  const required = properties.filter(isRequired).map(({ name }) => name)
  return {
    type: 'object',
    properties: Object.fromEntries(properties.map((property) => [property.name, propertySchema(property)])),
    ...(required.length === 0 ? {} : { required }),
  }
}

function propertySchema(property: ContractProperty): object {
  const { options, description } = property
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, ...others } = options
  const { minLength, maxLength, pattern, multipleOf, minItems, maxItems, uniqueItems } = others
  const kept = { minLength, maxLength, pattern, multipleOf, minItems, maxItems, uniqueItems }
  // Bounds of dates are texts, which JSON Schema does not compare.
  const bounds = Object.entries({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }).filter(
    ([, bound]) => typeof bound === 'number' || typeof bound === 'bigint',
  )
  return {
    ...typeSchema(property),
    ...described(description),
    ...Object.fromEntries([...Object.entries(kept).filter(([, value]) => value !== undefined), ...bounds]),
    ...validValues(property),
  }
}

function typeSchema(property: ContractProperty): object {
  const { logicalType, items, properties, options } = property
  const type = (name: string) => ({ type: isRequired(property) ? name : [name, 'null'] })
  switch (logicalType) {
    case undefined:
      return {}
    case 'string':
      return { ...type('string'), ...(options.format === undefined ? {} : { format: options.format }) }
    case 'date':
      return { ...type('string'), format: 'date' }
    case 'time':
      return { ...type('string'), format: 'time' }
    case 'timestamp':
      return { ...type('string'), format: 'date-time' }
    case 'object':
      return { ...objectSchema(properties), ...type('object') }
    case 'array':
      return { ...type('array'), ...(items === undefined ? {} : { items: propertySchema(items) }) }
    default:
      return type(logicalType)
  }
}

function validValues(property: ContractProperty): object {
  const rule = property.quality.find(
    (each) => each.type === 'library' && each.metric === 'invalidValues' && 'validValues' in each.arguments,
  )
  const values = rule?.type === 'library' ? rule.arguments['validValues'] : undefined
  if (!Array.isArray(values)) return {}
  return { enum: isRequired(property) ? values : [...values, null] }
}

function isRequired({ required, primaryKey }: ContractProperty): boolean {
  return required || primaryKey
}

function described(description: string): object {
  return description === '' ? {} : { description }
}

function bigAsNumber(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value
}
