import type { LogicalKind } from '../../batch/logical-type.ts'
import type { ContractType } from '../contract.ts'
import { parsePhysicalType } from '../physical-type.ts'
import type { ColumnDraft, ContractDraft } from './contract-draft.ts'

/**
 * A draft of a contract in the standard, version 3.1, as the text of a file: what is known of a table, for its producer to read over. A column that is
 * unique and never empty, where there is but one, is its key.
 */
export function contractText({ name, physicalName, description, columns }: ContractDraft): string {
  const keys = columns.filter(({ required, unique }) => required && unique)
  const key = keys.length === 1 ? keys[0] : undefined
  return [
    'apiVersion: v3.1.0',
    'kind: DataContract',
    `id: ${text(name)}`,
    `name: ${text(name)}`,
    'version: 1.0.0',
    'status: draft',
    'schema:',
    `  - name: ${text(name)}`,
    `    physicalName: ${text(physicalName)}`,
    ...(description === '' ? [] : [`    description: ${text(description)}`]),
    '    properties:',
    ...columns.flatMap((column) => columnLines(column, column === key)),
    '',
  ].join('\n')
}

function columnLines(column: ColumnDraft, isKey: boolean): readonly string[] {
  const { name, description, typeName, required, unique, values } = column
  const logicalType = logicalTypeOf(column)
  const lines = [
    `name: ${text(name)}`,
    ...(logicalType === undefined ? [] : [`logicalType: ${logicalType}`]),
    ...(typeName === undefined ? [] : [`physicalType: ${text(typeName)}`]),
    ...(isKey ? ['primaryKey: true'] : []),
    ...(required ? ['required: true'] : []),
    ...(unique && !isKey ? ['unique: true'] : []),
    ...(description === '' ? [] : [`description: ${text(description)}`]),
    ...(values === undefined
      ? []
      : [
          'quality:',
          `  - {metric: invalidValues, arguments: {validValues: [${values.map(scalar).join(', ')}]}, mustBe: 0}`,
        ]),
  ]
  return lines.map((line, index) => `${index === 0 ? '      - ' : '        '}${line}`)
}

const LOGICAL: Readonly<Partial<Record<LogicalKind, ContractType>>> = {
  boolean: 'boolean',
  int8: 'integer',
  int16: 'integer',
  int32: 'integer',
  int64: 'integer',
  uint8: 'integer',
  uint16: 'integer',
  uint32: 'integer',
  uint64: 'integer',
  int128: 'integer',
  float32: 'number',
  float64: 'number',
  decimal: 'number',
  text: 'string',
  uuid: 'string',
  json: 'object',
  date: 'date',
  time: 'time',
  timestamp: 'timestamp',
  timestamptz: 'timestamp',
}

function logicalTypeOf({ type, typeName }: ColumnDraft): ContractType | undefined {
  const known = type ?? (typeName === undefined ? undefined : parsePhysicalType(typeName))
  return known && LOGICAL[known.kind]
}

/** A text that every reader of YAML takes for that text: JSON, but for plain words. */
function text(value: string): string {
  if (
    /^[A-Za-z_][A-Za-z0-9_.]*$/.test(value) &&
    !/^(?:true|false|yes|no|on|off|y|n|null|nan|inf)$/i.test(value)
  )
    return value
  return JSON.stringify(value).replace(
    /[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function scalar(value: unknown): string {
  return typeof value === 'string' ? text(value) : String(value)
}
