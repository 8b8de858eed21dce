import {
  type Contract,
  type ContractProperty,
  LOGICAL_TYPES,
  type ServiceLevel,
} from '../../../contracts/contract.ts'
import type { ContractQuality } from '../../../contracts/contract-quality.ts'
import type { Origin } from '../../origin.ts'
import type { ShortContractFile } from '../../schema/contract/short-contract-file.ts'

type Entry = ShortContractFile['contract']
type ColumnEntry = Entry['schema'][number]
type CheckEntry = NonNullable<ColumnEntry['checks']>[number]

/** A contract of the short form in the platform's shape. */
export function fromShort({ contract: entry }: ShortContractFile, file: string): Contract {
  const base = ['contract']
  const rules = entry.schema.map(({ checks = [] }, index) =>
    checks.map((check, at) => ({
      check,
      origin: { file, path: [...base, 'schema', index, 'checks', at] },
    })),
  )
  return {
    form: 'short',
    name: entry.name,
    id: entry.name,
    version: String(entry.version),
    status: 'active',
    description: entry.description ?? '',
    owner: entry.owner,
    domain: undefined,
    consumers: entry.consumers ?? [],
    tags: [],
    servers: [],
    objects: [
      {
        id: undefined,
        name: entry.name,
        physicalName: undefined,
        description: entry.description ?? '',
        grain: undefined,
        tags: [],
        properties: entry.schema.map((column, index) =>
          readColumn(column, rules[index] ?? [], { file, path: [...base, 'schema', index] }),
        ),
        relationships: [],
        quality: [],
        origin: { file, path: base },
      },
    ],
    sla: serviceLevels(entry, file),
    policy: entry.breaking_change_policy,
    notificationChannel: entry.notification_channel,
    origin: { file, path: base },
  }
}

interface Rule {
  readonly check: CheckEntry
  readonly origin: Origin
}

function readColumn(entry: ColumnEntry, rules: readonly Rule[], origin: Origin): ContractProperty {
  const logicalType = LOGICAL_TYPES.find((type) => type === entry.type.toLowerCase())
  const has = (type: CheckEntry['type']) =>
    rules.some(({ check }) => check.type === type && check.severity !== 'warn')
  return {
    id: undefined,
    name: entry.column,
    physicalName: undefined,
    logicalType,
    physicalType: logicalType === undefined ? entry.type : undefined,
    options: {},
    required: entry.nullable === false || has('not_null'),
    unique: has('unique'),
    primaryKey: false,
    primaryKeyPosition: -1,
    partitioned: false,
    classification: personal(entry.pii),
    description: [entry.description, entry.business_definition].filter(Boolean).join('\n'),
    businessName: undefined,
    tags: [],
    examples: [],
    properties: [],
    items: undefined,
    quality: rules.flatMap((rule) => readRule(rule) ?? []),
    origin,
  }
}

function personal(pii: ColumnEntry['pii']): string | undefined {
  if (pii === undefined || pii === false) return undefined
  return pii === true ? 'pii' : pii
}

/** Undefined for what stands in the column's own shape: errors of `not_null` and `unique`. */
function readRule({ check, origin }: Rule): ContractQuality | undefined {
  const { type, severity, params = {} } = check
  const common = { name: undefined, description: '', dimension: undefined, severity, origin } as const
  const library = { ...common, type: 'library', demands: [{ is: 'equal', to: 0 }], unit: 'rows' } as const
  switch (type) {
    case 'not_null':
      return severity === 'warn' ? { ...library, metric: 'nullValues', arguments: {} } : undefined
    case 'unique':
      return severity === 'warn' ? { ...library, metric: 'duplicateValues', arguments: {} } : undefined
    case 'enum':
      return { ...library, metric: 'invalidValues', arguments: { validValues: params['values'] } }
    case 'regex':
      return { ...library, metric: 'invalidValues', arguments: { pattern: params['pattern'] } }
    case 'range':
      return {
        ...library,
        metric: 'invalidValues',
        arguments: { minimum: params['min'], maximum: params['max'] },
      }
    case 'custom': {
      const { query, expression } = params
      return typeof query === 'string'
        ? { ...common, type: 'sql', query, demands: [{ is: 'equal', to: 0 }] }
        : { ...common, type: 'expression', expression: String(expression) }
    }
  }
}

function serviceLevels({ name, sla = {} }: Entry, file: string): readonly ServiceLevel[] {
  const origin = (key: string): Origin => ({ file, path: ['contract', 'sla', key] })
  const element = sla.freshness_column === undefined ? undefined : `${name}.${sla.freshness_column}`
  return [
    ...(sla.freshness_hours === undefined
      ? []
      : [
          {
            property: 'latency',
            value: sla.freshness_hours,
            unit: 'h',
            element,
            origin: origin('freshness_hours'),
          },
        ]),
    ...(sla.availability_percent === undefined
      ? []
      : [
          {
            property: 'availability',
            value: sla.availability_percent,
            unit: 'percent',
            element: undefined,
            origin: origin('availability_percent'),
          },
        ]),
    ...(sla.support_hours === undefined
      ? []
      : [
          {
            property: 'supportHours',
            value: sla.support_hours,
            unit: undefined,
            element: undefined,
            origin: origin('support_hours'),
          },
        ]),
  ]
}
