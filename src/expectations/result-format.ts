import { z } from 'zod'

export type ResultLevel = 'BOOLEAN_ONLY' | 'BASIC' | 'SUMMARY' | 'COMPLETE'

/** How much a validation result tells. */
export interface ResultFormat {
  readonly level: ResultLevel
  /** How many unexpected values are told of where not all are. */
  readonly partialCount: number
  /** Columns by which unexpected rows are told. */
  readonly indexColumns: readonly string[]
  readonly includeRows: boolean
  readonly excludeValues: boolean
}

const level = z.enum(['BOOLEAN_ONLY', 'BASIC', 'SUMMARY', 'COMPLETE'])

const options = z.looseObject({
  result_format: level.default('SUMMARY'),
  partial_unexpected_count: z.number().int().min(0).default(20),
  unexpected_index_column_names: z.array(z.string()).nullish(),
  include_unexpected_rows: z.boolean().default(false),
  exclude_unexpected_values: z.boolean().default(false),
})

/** `result_format` as suites have it: a word, or a document with one. */
export const resultFormat = z
  .union([level, options])
  .transform((given) => (typeof given === 'string' ? options.parse({ result_format: given }) : given))
  .transform(
    (given): ResultFormat => ({
      level: given.result_format,
      partialCount: given.partial_unexpected_count,
      indexColumns: given.unexpected_index_column_names ?? [],
      includeRows: given.include_unexpected_rows,
      excludeValues: given.exclude_unexpected_values,
    }),
  )

export const SUMMARY: ResultFormat = {
  level: 'SUMMARY',
  partialCount: 20,
  indexColumns: [],
  includeRows: false,
  excludeValues: false,
}
