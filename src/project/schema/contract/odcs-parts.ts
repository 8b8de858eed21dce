import { z } from 'zod'
import { missingKey } from './key-issues.ts'

/** The minor version of ODCS 3 that a document says it follows. https://bitol-io.github.io/open-data-contract-standard */
export type OdcsMinor = 0 | 1

/** What may be written where the standard says "number". */
export const amount = z.union([z.number(), z.bigint()])

export const stableId = z.string().regex(/^[A-Za-z0-9_-]+$/, 'must be letters, digits, _ and -')

export const anything = z.unknown().refine((value) => value !== undefined, 'must be given')

const plainValue = z.union([z.string(), amount, z.boolean(), z.null()])

/** Optional keys that came with 3.1: before, they are none, and so always absent where their type lets them be. */
export function since31<T extends Readonly<Record<string, z.ZodOptional>>>(minor: OdcsMinor, shape: T): T {
  return minor === 0 ? (Object.fromEntries([]) as T) : shape
}

/** Elements got an `id` in 3.1. */
export function identity(minor: OdcsMinor) {
  return since31(minor, { id: stableId.optional().describe('A stable id, for references.') })
}

export function customProperties(minor: OdcsMinor) {
  return z
    .array(
      z
        .strictObject({
          ...identity(minor),
          property:
            minor === 0 ? z.string().optional() : z.string().describe('The name of the custom property.'),
          value: z.unknown().optional(),
          ...since31(minor, { description: z.string().optional() }),
        })
        .superRefine((entry, context) => {
          if (minor === 1 && !('value' in entry)) missingKey('value', context)
        }),
    )
    .describe('Whatever the standard has no key for.')
}

export function authoritativeDefinitions(minor: OdcsMinor) {
  return z.array(
    z.strictObject({
      ...identity(minor),
      url: z.string().describe('Where the definition is.'),
      type: z.string().describe('What kind of definition it is: businessDefinition, videoTutorial …'),
      ...since31(minor, { description: z.string().optional() }),
    }),
  )
}

export const tags = z.array(z.string())

export function role(minor: OdcsMinor) {
  return z.strictObject({
    ...identity(minor),
    role: z.string().describe('The role that gives access.'),
    description: z.string().optional(),
    access: z.string().optional(),
    firstLevelApprovers: z.string().optional(),
    secondLevelApprovers: z.string().optional(),
    customProperties: customProperties(minor).optional(),
  })
}

export function slaProperty(minor: OdcsMinor) {
  return z.strictObject({
    ...identity(minor),
    property: z.string().describe('latency, frequency, retention, availability and their like.'),
    value: plainValue,
    valueExt: plainValue.optional(),
    unit: z.string().optional().describe('d, day, days for days; h, m, s; y for years.'),
    element: z.string().optional().describe('table.column: what the promise is measured by.'),
    driver: z.string().optional(),
    ...since31(minor, {
      description: z.string().optional(),
      scheduler: z.string().optional(),
      schedule: z.string().optional(),
    }),
  })
}
