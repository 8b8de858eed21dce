import { type ContractObject, type ContractProperty, columnOf, primaryKeyOf } from '../contract.ts'
import type { ContractQuality } from '../contract-quality.ts'
import { referenceOf } from '../reference-of.ts'
import type { Exporter } from './exported.ts'

/**
 * Properties for dbt's models: types and generic tests. The text
 * is JSON, which is YAML as well: nothing in a contract can end a text early.
 */
export const toDbt: Exporter = (contract) => {
  const lost = new Set<string>()
  const models = contract.objects.map((object) => {
    const key = primaryKeyOf(object)
    const columns = object.properties.map((property) => ({
      name: columnOf(property),
      ...described(property.description),
      ...(property.physicalType === undefined ? {} : { data_type: property.physicalType }),
      ...listed('tests', testsOf(property, object, key, contract, lost)),
    }))
    const { quality } = object
    for (const rule of quality) leave(rule, object.name, lost)
    return { name: object.physicalName ?? object.name, ...described(object.description), columns }
  })
  if (contract.sla.length > 0) lost.add('service levels')
  return { text: `${JSON.stringify({ version: 2, models }, undefined, 2)}\n`, lost: [...lost] }
}

function testsOf(
  property: ContractProperty,
  object: ContractObject,
  key: readonly ContractProperty[],
  contract: Parameters<Exporter>[0],
  lost: Set<string>,
): readonly unknown[] {
  const { name } = property
  const isKey = key.length === 1 && key[0] === property
  // dbt's test of references has one column.
  const references = object.relationships.filter(
    ({ from, to }) => from.length === 1 && from[0] === name && to.length === 1,
  )
  return [
    ...(property.required || property.primaryKey ? ['not_null'] : []),
    ...(property.unique || isKey ? ['unique'] : []),
    ...property.quality.flatMap(
      (rule) => acceptedValues(rule) ?? leave(rule, `${object.name}.${name}`, lost),
    ),
    ...references.flatMap(({ to }) => {
      const target = referenceOf(to[0]!, contract)
      if (target === undefined) return []
      const { object: other, property: field } = target
      return [
        {
          relationships: {
            to: `ref('${(other.physicalName ?? other.name).replaceAll("'", '')}')`,
            field: columnOf(field),
          },
        },
      ]
    }),
  ]
}

function acceptedValues(rule: ContractQuality): readonly unknown[] | undefined {
  if (rule.type !== 'library' || rule.metric !== 'invalidValues') return undefined
  const values = rule.arguments['validValues']
  return Array.isArray(values) ? [{ accepted_values: { values } }] : undefined
}

function leave(rule: ContractQuality, at: string, lost: Set<string>): readonly unknown[] {
  if (rule.type !== 'text')
    lost.add(`the rule ${rule.name ?? (rule.type === 'library' ? rule.metric : rule.type)} of ${at}`)
  return []
}

function described(description: string): object {
  // dbt renders descriptions as templates.
  return description === '' ? {} : { description: description.replaceAll(/\{(?=[{%#])/g, '{ ') }
}

function listed(key: string, values: readonly unknown[]): object {
  return values.length === 0 ? {} : { [key]: values }
}
