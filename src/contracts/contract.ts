import type { ContractOrigin } from './contract-origin.ts'
import type { ContractQuality } from './contract-quality.ts'

/** The form a contract is written in. */
export type ContractForm = 'odcs-3.1' | 'odcs-3.0' | 'odcs-2.2' | 'short'

/** What a producer owes its consumers before it breaks the contract. */
export const CHANGE_POLICIES = ['notify-30-days', 'version-bump', 'never-break'] as const
export type ChangePolicy = (typeof CHANGE_POLICIES)[number]

/** What a property holds, whatever the server calls it: the words of ODCS. */
export const LOGICAL_TYPES = [
  'string',
  'date',
  'timestamp',
  'time',
  'number',
  'integer',
  'object',
  'array',
  'boolean',
] as const
export type ContractType = (typeof LOGICAL_TYPES)[number]

/** A data contract, in one shape whatever the form it was written in. Frozen plain data. */
export interface Contract {
  readonly form: ContractForm
  /** What commands call it: its name, or its id where it has none. */
  readonly name: string
  readonly id: string
  readonly version: string
  readonly status: string
  readonly description: string
  readonly owner: string | undefined
  readonly domain: string | undefined
  readonly consumers: readonly string[]
  readonly tags: readonly string[]
  readonly servers: readonly ContractServer[]
  readonly objects: readonly ContractObject[]
  readonly sla: readonly ServiceLevel[]
  readonly policy: ChangePolicy | undefined
  readonly notificationChannel: string | undefined
  readonly origin: ContractOrigin
}

/** A server that a contract names. It says where data are; nothing is ever sent there. */
export interface ContractServer {
  readonly server: string
  readonly type: string
  readonly database: string | undefined
  readonly schema: string | undefined
}

/** A dataset of a contract: a table, in most cases. */
export interface ContractObject {
  readonly id: string | undefined
  readonly name: string
  readonly physicalName: string | undefined
  readonly description: string
  /** One row per what. */
  readonly grain: string | undefined
  readonly tags: readonly string[]
  readonly properties: readonly ContractProperty[]
  readonly relationships: readonly ContractRelationship[]
  readonly quality: readonly ContractQuality[]
  readonly origin: ContractOrigin
}

/** A column, or a part of one. */
export interface ContractProperty {
  readonly id: string | undefined
  readonly name: string
  /** The column's name where it is another than the property's. */
  readonly physicalName: string | undefined
  readonly logicalType: ContractType | undefined
  readonly physicalType: string | undefined
  readonly options: PropertyOptions
  readonly required: boolean
  readonly unique: boolean
  readonly primaryKey: boolean
  /** From 1; -1 where it was not said. */
  readonly primaryKeyPosition: number
  readonly partitioned: boolean
  readonly classification: string | undefined
  readonly description: string
  readonly businessName: string | undefined
  readonly tags: readonly string[]
  readonly examples: readonly unknown[]
  /** Of an object. */
  readonly properties: readonly ContractProperty[]
  /** Of a list. */
  readonly items: ContractProperty | undefined
  readonly quality: readonly ContractQuality[]
  readonly origin: ContractOrigin
}

/** ODCS's logicalTypeOptions; a bound is exclusive where `exclusive…` says so, as in JSON Schema since draft 6. */
export interface PropertyOptions {
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly format?: string
  readonly minimum?: number | bigint | string
  readonly maximum?: number | bigint | string
  readonly exclusiveMinimum?: number | bigint | string
  readonly exclusiveMaximum?: number | bigint | string
  readonly multipleOf?: number | bigint
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly timezone?: boolean
  readonly defaultTimezone?: string
  readonly required?: readonly string[]
}

/** A foreign key: `from` are columns of the object it stands at, `to` is what the contract calls the others. */
export interface ContractRelationship {
  readonly from: readonly string[]
  readonly to: readonly string[]
  readonly origin: ContractOrigin
}

/** A promise of service: latency, retention, availability … */
export interface ServiceLevel {
  readonly property: string
  readonly value: number | bigint | string | boolean | null
  readonly unit: string | undefined
  /** `object.property`: what it is measured by. */
  readonly element: string | undefined
  readonly origin: ContractOrigin
}

/** What the warehouse calls a property. */
export function columnOf({ name, physicalName }: ContractProperty): string {
  return physicalName ?? name
}

/** The properties of a primary key, in its order. */
export function primaryKeyOf({ properties }: ContractObject): readonly ContractProperty[] {
  const keys = properties.filter(({ primaryKey }) => primaryKey)
  const place = ({ primaryKeyPosition: at }: ContractProperty) => (at < 0 ? Number.MAX_SAFE_INTEGER : at)
  return keys.toSorted((a, b) => place(a) - place(b))
}
