import type { ContractProperty } from '../contract.ts'
import { withoutControls } from '../without-controls.ts'
import type { Exporter } from './exported.ts'
import { lostParts } from './lost-parts.ts'

/** A TypeScript interface of one row of each object, by the types that rows have as JSON. */
export const toTypeScript: Exporter = (contract) => {
  const interfaces = contract.objects.map(({ name, description, properties }) =>
    [...comment(description, ''), `export interface ${typeName(name)} ${shape(properties, '')}`, ''].join(
      '\n',
    ),
  )
  return { text: interfaces.join('\n'), lost: ['bounds of values and lengths', ...lostParts(contract)] }
}

function shape(properties: readonly ContractProperty[], indent: string): string {
  const inner = `${indent}  `
  const lines = properties.flatMap((property) => {
    const must = property.required || property.primaryKey
    const type = `${typeOf(property, inner)}${must ? '' : ' | null'}`
    return [...comment(property.description, inner), `${inner}readonly ${key(property.name)}: ${type}`]
  })
  return `{\n${lines.join('\n')}\n${indent}}`
}

function typeOf(property: ContractProperty, indent: string): string {
  const { logicalType, items, properties } = property
  switch (logicalType) {
    case 'string':
      return literals(property) ?? 'string'
    case 'date':
    case 'time':
    case 'timestamp':
      return 'string'
    case 'number':
    case 'integer':
      return 'number'
    case 'boolean':
      return 'boolean'
    case 'object':
      return properties.length === 0 ? 'Readonly<Record<string, unknown>>' : shape(properties, indent)
    case 'array': {
      const item = items === undefined ? 'unknown' : typeOf(items, indent)
      return `readonly ${/^[\w.]+$/.test(item) ? item : `(${item})`}[]`
    }
    default:
      return 'unknown'
  }
}

/** The texts that may stand, where a rule says so. */
function literals({ quality }: ContractProperty): string | undefined {
  for (const rule of quality) {
    const values =
      rule.type === 'library' && rule.metric === 'invalidValues' ? rule.arguments['validValues'] : undefined
    if (!Array.isArray(values) || values.length === 0 || !values.every((value) => typeof value === 'string'))
      continue
    return values.map((value) => JSON.stringify(value)).join(' | ')
  }
  return undefined
}

/** A description cannot end its comment. */
function comment(text: string, indent: string): readonly string[] {
  return text === '' ? [] : [`${indent}/** ${withoutControls(text).replaceAll('*/', '*\\/')} */`]
}

function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)
}

function typeName(name: string): string {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? []
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
  return /^\p{L}/u.test(joined) ? joined : `Row${joined}`
}
