import type { ContractProperty } from '../contract.ts'
import { parsePhysicalType } from '../physical-type.ts'
import type { Exporter } from './exported.ts'
import { lostParts } from './lost-parts.ts'

/**
 * An Avro schema: a record for each object, in a union where there are several. What may be missing is a union with null, whose default
 * it is, so that readers of older data find one. https://avro.apache.org/docs/1.12.0/specification/
 */
export const toAvro: Exporter = (contract) => {
  const lost = new Set<string>()
  const taken = new Set<string>()
  const records = contract.objects.map((object) =>
    record(avroName(object.name, taken), object.description, object.properties, object.name, { lost, taken }),
  )
  const [only, ...more] = records
  const schema = only !== undefined && more.length === 0 ? only : records
  return {
    text: `${JSON.stringify(schema, undefined, 2)}\n`,
    lost: [...lost, 'bounds of values and lengths', ...lostParts(contract)],
  }
}

interface Writing {
  readonly lost: Set<string>
  /** Names of types, which stand once in a schema. */
  readonly taken: Set<string>
}

function record(
  name: string,
  doc: string,
  properties: readonly ContractProperty[],
  path: string,
  writing: Writing,
): object {
  const names = new Set<string>()
  const fields = properties.map((property) => {
    const field = avroName(property.name, names)
    if (field !== property.name) writing.lost.add(`the name ${property.name}, which is ${field}`)
    const type = typeOf(property, `${path}_${property.name}`, writing)
    const must = property.required || property.primaryKey
    const said = property.description === '' ? {} : { doc: property.description }
    return must
      ? { name: field, type, ...said }
      : { name: field, type: ['null', type], default: null, ...said }
  })
  return { type: 'record', name, ...(doc === '' ? {} : { doc }), fields }
}

function typeOf(property: ContractProperty, path: string, writing: Writing): unknown {
  const { logicalType, physicalType, options, items, properties } = property
  const physical = physicalType === undefined ? undefined : parsePhysicalType(physicalType)
  if (physical?.kind === 'decimal') {
    return { type: 'bytes', logicalType: 'decimal', precision: physical.precision, scale: physical.scale }
  }
  switch (logicalType) {
    case 'integer':
      return physical?.kind === 'int32' || options.format === 'i32' ? 'int' : 'long'
    case 'number':
      return physical?.kind === 'float32' || options.format === 'f32' ? 'float' : 'double'
    case 'boolean':
      return 'boolean'
    case 'date':
      return { type: 'int', logicalType: 'date' }
    case 'time':
      return { type: 'long', logicalType: 'time-micros' }
    case 'timestamp':
      return {
        type: 'long',
        logicalType:
          options.timezone === true || physical?.kind === 'timestamptz'
            ? 'timestamp-micros'
            : 'local-timestamp-micros',
      }
    case 'object':
      if (properties.length > 0) return record(avroName(path, writing.taken), '', properties, path, writing)
      break
    case 'array':
      if (items !== undefined) return { type: 'array', items: itemOf(items, path, writing) }
      break
    case 'string':
      return 'string'
    default:
      break
  }
  writing.lost.add(`the type of ${path.replaceAll('_', '.')}, which is a text`)
  return 'string'
}

function itemOf(items: ContractProperty, path: string, writing: Writing): unknown {
  const type = typeOf(items, `${path}_item`, writing)
  return items.required ? type : ['null', type]
}

/** A name that Avro takes, and that is not taken. */
function avroName(wanted: string, taken: Set<string>): string {
  const base = wanted.replaceAll(/[^A-Za-z0-9_]/g, '_').replace(/^(?=\d|$)/, '_')
  let name = base
  for (let count = 2; taken.has(name); count++) name = `${base}_${count}`
  taken.add(name)
  return name
}
