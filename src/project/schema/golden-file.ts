import { z } from 'zod'
import { readTolerance } from '../../diff/read-tolerance.ts'
import { text, texts } from './fields.ts'

const tolerance = z.union([
  z.number().min(0, 'must not be negative'),
  z
    .string()
    .refine((written) => readTolerance(written) !== undefined, 'must be a number, or a percentage as "1%"'),
])

/** golden/NAME.yml: how a golden dataset is compared. */
export const goldenFile = z
  .strictObject({
    key: texts.optional().describe('The columns that tell rows apart; those of a unique test unless given.'),
    ignore: texts.optional().describe('Columns that are not compared.'),
    tolerance: z
      .union([tolerance, z.record(text, tolerance)])
      .optional()
      .describe('How far numbers may be apart: for all columns, or by column, `*` for the others.'),
  })
  .describe('How a golden dataset is compared with what was built.')

export type GoldenFile = z.infer<typeof goldenFile>
