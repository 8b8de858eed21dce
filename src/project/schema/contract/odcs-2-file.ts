import { z } from 'zod'
import { amount } from './odcs-parts.ts'

const detail = z.string().optional()
const value = z.union([z.string(), amount])
const definitions = z.array(z.looseObject({ url: z.string(), type: z.string() }))

const column = z.looseObject({
  column: z.string().describe('The name of the column.'),
  logicalType: z.string().describe('What the values are.'),
  physicalType: z.string().describe("The type's name on the server."),
  businessName: detail,
  description: detail,
  isNullable: z.boolean().optional(),
  isUnique: z.boolean().optional(),
  isPrimaryKey: z.boolean().optional(),
  primaryKeyPosition: z.int().optional(),
  partitionStatus: z.boolean().optional(),
  partitionKeyPosition: z.int().optional(),
  clusterStatus: z.boolean().optional(),
  clusterKeyPosition: z.int().optional(),
  criticalDataElementStatus: z.boolean().optional(),
  classification: detail,
  encryptedColumnName: detail,
  sampleValues: z.array(z.string()).optional(),
  tags: z.array(z.string()).optional(),
  transformSourceTables: z.array(z.string()).optional(),
  transformLogic: detail,
  transformDescription: detail,
  authoritativeDefinitions: definitions.optional(),
})

const quality = z.looseObject({
  templateName: z.string().describe('The name of the rule.'),
  toolName: z.string().describe('The tool that checks it.'),
  code: detail,
  column: detail,
  columns: detail,
  description: detail,
  dimension: detail,
  type: detail,
  severity: detail,
  businessImpact: detail,
  scheduleCronExpression: detail,
  toolRuleName: detail,
})

const dataset = z.looseObject({
  table: z.string().describe('The name of the table.'),
  physicalName: detail,
  priorTableName: detail,
  description: detail,
  dataGranularity: detail,
  columns: z.array(column).optional(),
  quality: z.array(quality).optional(),
  authoritativeDefinitions: definitions.optional(),
})

/** A contract in the Open Data Contract Standard 2.2, whose schema lets any other key stand as well. */
export const odcs2File = z.looseObject({
  apiVersion: z
    .string()
    .regex(/^v\d+\.\d+\.\d+/, 'must be a version, as v2.2.2')
    .optional(),
  kind: z.literal('DataContract'),
  uuid: z.string().describe('A unique id of the contract.'),
  type: z.string(),
  version: z.string().describe('The version of the contract, as 1.2.0.'),
  status: z.string().describe('What the contract is at: current, retired …'),
  datasetName: z.string().describe('What the dataset is called.'),
  quantumName: z.string().describe('The data product.'),
  dataset: z.array(dataset),
  datasetDomain: detail,
  tenant: detail,
  tags: z.array(z.string()).optional(),
  description: z.looseObject({ usage: detail, purpose: detail, limitations: detail }).optional(),
  stakeholders: z.array(z.looseObject({ username: detail, role: detail })).optional(),
  roles: z.array(z.looseObject({ role: z.string(), access: z.string() })).optional(),
  slaDefaultColumn: detail,
  slaProperties: z
    .array(
      z.looseObject({
        property: z.string(),
        value,
        valueExt: value.optional(),
        unit: detail,
        column: detail,
        driver: detail,
      }),
    )
    .optional(),
  price: z
    .looseObject({ priceAmount: amount.optional(), priceCurrency: detail, priceUnit: detail })
    .optional(),
  server: detail,
  database: detail,
  sourcePlatform: detail,
  sourceSystem: detail,
  project: detail,
})

export type Odcs2File = z.infer<typeof odcs2File>
