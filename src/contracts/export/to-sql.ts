import type { LogicalType } from '../../batch/logical-type.ts'
import { type ContractProperty, type ContractType, columnOf, primaryKeyOf } from '../contract.ts'
import { parsePhysicalType } from '../physical-type.ts'
import type { Exporter } from './exported.ts'
import { lostParts } from './lost-parts.ts'

/** CREATE TABLE for each object, in the dialect that is given. */
export const toSql: Exporter = (contract, dialect) => {
  const { identifier } = dialect
  const tables = contract.objects.map((object) => {
    const [name = object.name, schema] = (object.physicalName ?? object.name).split('.').toReversed()
    const columns = object.properties.map((property) => {
      const must = property.required || property.primaryKey ? ' NOT NULL' : ''
      const unique = property.unique && !property.primaryKey ? ' UNIQUE' : ''
      return `  ${identifier(columnOf(property))} ${dialect.typeName(typeOf(property))}${must}${unique}`
    })
    const key = primaryKeyOf(object).map((property) => identifier(columnOf(property)))
    const lines = key.length === 0 ? columns : [...columns, `  PRIMARY KEY (${key.join(', ')})`]
    const relation = dialect.relation({ ...(schema === undefined ? {} : { schema }), name })
    return `CREATE TABLE ${relation} (\n${lines.join(',\n')}\n);\n`
  })
  return { text: tables.join('\n'), lost: ['descriptions', ...lostParts(contract)] }
}

const TYPES: Readonly<Record<ContractType, LogicalType>> = {
  string: { kind: 'text' },
  date: { kind: 'date' },
  timestamp: { kind: 'timestamp' },
  time: { kind: 'time' },
  number: { kind: 'float64' },
  integer: { kind: 'int64' },
  object: { kind: 'json' },
  array: { kind: 'json' },
  boolean: { kind: 'boolean' },
}

const SIZES: Readonly<Record<string, LogicalType>> = {
  i8: { kind: 'int8' },
  i16: { kind: 'int16' },
  i32: { kind: 'int32' },
  i64: { kind: 'int64' },
  i128: { kind: 'int128' },
  u8: { kind: 'uint8' },
  u16: { kind: 'uint16' },
  u32: { kind: 'uint32' },
  u64: { kind: 'uint64' },
  f32: { kind: 'float32' },
  f64: { kind: 'float64' },
}

function typeOf({ physicalType, logicalType, options }: ContractProperty): LogicalType {
  const physical = physicalType === undefined ? undefined : parsePhysicalType(physicalType)
  if (physical !== undefined) return physical
  if (logicalType === 'timestamp' && options.timezone === true) return { kind: 'timestamptz' }
  return SIZES[options.format ?? ''] ?? TYPES[logicalType ?? 'string']
}
