import type { Contract, ContractObject, ContractProperty, ContractType } from '../../../contracts/contract.ts'
import type { ContractQuality } from '../../../contracts/contract-quality.ts'
import type { Intake } from '../../intake.ts'
import type { Origin } from '../../origin.ts'
import type { Odcs2File } from '../../schema/contract/odcs-2-file.ts'

type DatasetEntry = Odcs2File['dataset'][number]
type ColumnEntry = NonNullable<DatasetEntry['columns']>[number]

/** A contract of ODCS 2.2 in the platform's shape. Its quality rules are of other tools: they are told of (WW1803) and not checked. */
export function fromOdcs2(entry: Odcs2File, file: string, intake: Intake): Contract {
  const { purpose, usage, limitations } = entry.description ?? {}
  return {
    form: 'odcs-2.2',
    name: entry.datasetName,
    id: entry.uuid,
    version: entry.version,
    status: entry.status,
    description: [purpose, usage, limitations].filter(Boolean).join('\n'),
    owner: entry.stakeholders?.find(({ role }) => role?.toLowerCase().includes('owner') === true)?.username,
    domain: entry.datasetDomain,
    consumers: [],
    tags: entry.tags ?? [],
    servers:
      entry.server === undefined
        ? []
        : [{ server: entry.server, type: 'custom', database: entry.database, schema: undefined }],
    objects: entry.dataset.map((dataset, index) =>
      readDataset(dataset, { file, path: ['dataset', index] }, intake),
    ),
    sla: (entry.slaProperties ?? []).map(({ property, value, unit, column }, index) => ({
      property,
      value,
      unit,
      element: column ?? entry.slaDefaultColumn,
      origin: { file, path: ['slaProperties', index] },
    })),
    policy: undefined,
    notificationChannel: undefined,
    origin: { file, path: [] },
  }
}

function readDataset(entry: DatasetEntry, origin: Origin, intake: Intake): ContractObject {
  const at = (key: string, index: number): Origin => ({
    file: origin.file,
    path: [...origin.path, key, index],
  })
  return {
    id: undefined,
    name: entry.table,
    physicalName: entry.physicalName,
    description: entry.description ?? '',
    grain: entry.dataGranularity,
    tags: [],
    properties: (entry.columns ?? []).map((column, index) => readColumn(column, at('columns', index))),
    relationships: [],
    quality: (entry.quality ?? []).map((rule, index): ContractQuality => {
      const place = at('quality', index)
      intake.warn('WW1803', place, {
        message: `the rule "${rule.templateName.slice(0, 60)}" is one of ${rule.toolName.slice(0, 60)}, and is not checked`,
        hint: 'Write it as a rule of ODCS 3: metric, or type: sql.',
      })
      const { description = '', dimension, severity } = rule
      return { type: 'text', name: rule.templateName, description, dimension, severity, origin: place }
    }),
    origin,
  }
}

/** Logical types of 2.2 are free words. */
const TYPES: Readonly<Record<string, ContractType>> = {
  string: 'string',
  text: 'string',
  varchar: 'string',
  char: 'string',
  integer: 'integer',
  int: 'integer',
  bigint: 'integer',
  long: 'integer',
  smallint: 'integer',
  number: 'number',
  numeric: 'number',
  decimal: 'number',
  double: 'number',
  float: 'number',
  boolean: 'boolean',
  bool: 'boolean',
  date: 'date',
  timestamp: 'timestamp',
  datetime: 'timestamp',
  time: 'time',
  object: 'object',
  struct: 'object',
  array: 'array',
  list: 'array',
}

function readColumn(entry: ColumnEntry, origin: Origin): ContractProperty {
  const [word = ''] = entry.logicalType.toLowerCase().split('(')
  return {
    id: undefined,
    name: entry.column,
    physicalName: undefined,
    logicalType: Object.hasOwn(TYPES, word) ? TYPES[word] : undefined,
    physicalType: entry.physicalType,
    options: {},
    // Only what is said to be nullable is: the standard's default is false.
    required: entry.isNullable === undefined ? false : !entry.isNullable,
    unique: entry.isUnique ?? false,
    primaryKey: entry.isPrimaryKey ?? false,
    primaryKeyPosition: entry.primaryKeyPosition ?? -1,
    partitioned: entry.partitionStatus ?? false,
    classification: entry.classification,
    description: entry.description ?? '',
    businessName: entry.businessName,
    tags: entry.tags ?? [],
    examples: entry.sampleValues ?? [],
    properties: [],
    items: undefined,
    quality: [],
    origin,
  }
}
