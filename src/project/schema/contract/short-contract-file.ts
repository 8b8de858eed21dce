import { z } from 'zod'
import { text } from '../fields.ts'
import { amount } from './odcs-parts.ts'

const params = z.record(z.string(), z.unknown()).optional()

const check = z
  .strictObject({
    type: z.enum(['not_null', 'unique', 'range', 'enum', 'regex', 'custom']),
    params: params.describe('range: min, max; enum: values; regex: pattern; custom: query or expression.'),
    severity: z.enum(['error', 'warn']).optional(),
  })
  .superRefine(({ type, params = {} }, context) => {
    const wanted = NEEDED[type]
    if (wanted === undefined || wanted.some((key) => params[key] !== undefined)) return
    const message = `of type ${type} needs params with ${wanted.join(' or ')}`
    context.addIssue({ code: 'custom', message })
  })

const NEEDED: Readonly<Record<string, readonly string[]>> = {
  range: ['min', 'max'],
  enum: ['values'],
  regex: ['pattern'],
  custom: ['query', 'expression'],
}

const column = z.strictObject({
  column: text.describe('The name of the column.'),
  type: text.describe('A logical type, or the name of one on the server.'),
  nullable: z.boolean().optional().describe('Whether it may be NULL; true unless said.'),
  description: z.string().optional(),
  business_definition: z.string().optional(),
  pii: z.union([z.boolean(), z.string()]).optional().describe('Whether, or which, personal data it holds.'),
  checks: z.array(check).optional(),
})

/** A contract in the short form: one dataset, told in few keys. */
export const shortContractFile = z
  .strictObject({
    contract: z.strictObject({
      name: text.describe('The dataset it is about, which is the name of the contract as well.'),
      version: z.union([z.string(), amount]).describe('The version of the contract, as 1.2.0.'),
      owner: text.describe('Who answers for the data.'),
      consumers: z.array(z.string()).optional(),
      description: z.string().optional(),
      sla: z
        .strictObject({
          freshness_hours: z.number().gt(0, 'must be more than 0').optional(),
          freshness_column: text.optional().describe('The column that tells how old the data are.'),
          availability_percent: z.number().min(0).max(100).optional(),
          support_hours: z.enum(['business-hours', '24x7']).optional(),
        })
        .optional(),
      schema: z.array(column).min(1, 'must not be empty'),
      breaking_change_policy: z.enum(['notify-30-days', 'version-bump', 'never-break']).optional(),
      notification_channel: z.string().optional(),
    }),
  })
  .meta({ title: 'Data contract, short form' })

export type ShortContractFile = z.infer<typeof shortContractFile>
