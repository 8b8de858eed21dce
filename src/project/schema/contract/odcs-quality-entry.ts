import { z } from 'zod'
import { LIBRARY_METRICS } from '../../../contracts/contract-quality.ts'
import { missingKey, strayKeys } from './key-issues.ts'
import {
  amount,
  anything,
  authoritativeDefinitions,
  customProperties,
  identity,
  type OdcsMinor,
  tags,
} from './odcs-parts.ts'

const pair = z
  .array(amount)
  .length(2, 'must have two numbers')
  .refine(([low, high]) => low !== high, 'must have two different numbers')

const operators = {
  mustBe: anything.optional().describe('The measured value is this one.'),
  mustNotBe: anything.optional(),
  mustBeGreaterThan: amount.optional(),
  mustBeGreaterOrEqualTo: amount.optional(),
  mustBeLessThan: amount.optional(),
  mustBeLessOrEqualTo: amount.optional(),
  mustBeBetween: pair.optional(),
  mustNotBeBetween: pair.optional(),
}

export const OPERATORS = Object.keys(operators) as readonly (keyof typeof operators)[]

/** A quality rule of ODCS 3: which keys it takes depends on its type. */
export function qualityEntry(minor: OdcsMinor) {
  return z
    .strictObject({
      ...identity(minor),
      name: z.string().optional(),
      description: z.string().optional(),
      type: z.enum(['text', 'library', 'sql', 'custom']).optional(),
      metric: (minor === 0 ? z.string() : z.enum(LIBRARY_METRICS)).optional(),
      rule: z.string().optional().describe('The name before 3.1 of what is "metric" now.'),
      arguments: z.record(z.string(), z.unknown()).optional(),
      query: z
        .string()
        .optional()
        .describe('A query of one value; {object} and {property} stand for the names.'),
      engine: z.string().optional(),
      implementation: z.union([z.string(), z.record(z.string(), z.unknown())]).optional(),
      ...operators,
      unit: z.string().optional().describe('rows (the default) or percent.'),
      dimension: z
        .enum([
          'accuracy',
          'completeness',
          'conformity',
          'consistency',
          'coverage',
          'timeliness',
          'uniqueness',
        ])
        .optional(),
      method: z.string().optional(),
      severity: z.string().optional(),
      businessImpact: z.string().optional(),
      schedule: z.string().optional(),
      scheduler: z.string().optional(),
      tags: tags.optional(),
      customProperties: customProperties(minor).optional(),
      authoritativeDefinitions: authoritativeDefinitions(minor).optional(),
    })
    .superRefine((entry, context) => {
      if (minor === 0) beforeMetrics(entry, context)
      else withMetrics(entry, context)
    })
}

export type QualityEntry = z.infer<ReturnType<typeof qualityEntry>>

const LIBRARY = ['metric', 'rule', 'arguments']
const QUERY = ['query']
const CUSTOM = ['engine', 'implementation']

function withMetrics(entry: QualityEntry, context: z.RefinementCtx): void {
  const isLibrary = entry.type === 'library' || entry.metric !== undefined
  const isQuery = entry.type === 'sql'
  const isCustom = entry.type === 'custom'
  if (isLibrary && entry.metric === undefined) missingKey('metric', context)
  if (isQuery && entry.query === undefined) missingKey('query', context)
  for (const key of CUSTOM) if (isCustom && !(key in entry)) missingKey(key, context)
  strayKeys(
    entry,
    [
      ...(isLibrary ? [] : LIBRARY),
      ...(isQuery ? [] : QUERY),
      ...(isCustom ? [] : CUSTOM),
      ...(isLibrary || isQuery ? [] : OPERATORS),
    ],
    context,
  )
  if (!isLibrary && !isQuery) return
  const given = OPERATORS.filter((key) => entry[key] !== undefined)
  if (given.length === 1) return
  const message =
    given.length === 0
      ? `has no operator: one of ${OPERATORS.join(', ')}`
      : `has ${given.length} operators: ${given.join(', ')}`
  context.addIssue({ code: 'custom', message })
}

/** Before 3.1 a rule names what is measured, and may have several operators. */
function beforeMetrics(entry: QualityEntry, context: z.RefinementCtx): void {
  const type = entry.type ?? 'library'
  if (type === 'library' && entry.rule === undefined) missingKey('rule', context)
  if (type === 'sql' && entry.query === undefined) missingKey('query', context)
  for (const key of CUSTOM) if (type === 'custom' && !(key in entry)) missingKey(key, context)
}
