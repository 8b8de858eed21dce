import { z } from 'zod'
import { strayKeys } from './key-issues.ts'
import {
  amount,
  authoritativeDefinitions,
  customProperties,
  identity,
  type OdcsMinor,
  since31,
  tags,
} from './odcs-parts.ts'
import { type QualityEntry, qualityEntry } from './odcs-quality-entry.ts'

const LOGICAL_TYPES = ['string', 'date', 'number', 'integer', 'object', 'array', 'boolean'] as const
const LATER_TYPES = ['timestamp', 'time'] as const

const shorthand = /^[A-Za-z_][A-Za-z0-9_]*\.[A-Za-z_][A-Za-z0-9_]*$/
const qualified =
  /^(?:(?:https?:\/\/)?[A-Za-z0-9._\-/]+\.yaml#)?\/?[A-Za-z_][A-Za-z0-9_]*\/[A-Za-z0-9_-]+(?:\/[A-Za-z_][A-Za-z0-9_]*\/[A-Za-z0-9_-]+)*$/
const reference = z
  .string()
  .refine((text) => shorthand.test(text) || qualified.test(text), 'must be object.property or a path of ids')
const references = z.union([reference, z.array(reference).min(1, 'must not be empty')])

/** A foreign key of one property. */
const ownRelationship = z.strictObject({
  type: z.literal('foreignKey').optional(),
  to: references,
  customProperties: customProperties(1).optional(),
})

/** A foreign key between properties, of an object. */
const relationship = z
  .strictObject({ ...ownRelationship.shape, from: references })
  .superRefine(({ from, to }, context) => {
    if (Array.isArray(from) === Array.isArray(to)) return
    context.addIssue({ code: 'custom', message: 'must have both "from" and "to" as one name or as lists' })
  })

const size = z.int().min(0, 'must not be negative')
const yesOrNo = z.boolean()

/** Bounds of values: what `exclusive…` says was a switch before 3.1. */
function bounds<T extends z.ZodType>(value: T, minor: OdcsMinor) {
  const exclusive = minor === 0 ? yesOrNo : value
  return {
    minimum: value.optional(),
    maximum: value.optional(),
    exclusiveMinimum: exclusive.optional(),
    exclusiveMaximum: exclusive.optional(),
  }
}

function numeric(formats: readonly string[], minor: OdcsMinor) {
  const multipleOf = amount.refine((value) => value > 0, 'must be more than 0')
  return z.strictObject({
    ...bounds(amount, minor),
    multipleOf: multipleOf.optional(),
    format: z.enum(formats).optional(),
  })
}

/** What `logicalTypeOptions` holds for each logical type. */
function optionsByType(minor: OdcsMinor) {
  const moments = z.strictObject({
    ...bounds(z.string(), minor),
    format: z.string().optional(),
    timezone: yesOrNo.optional(),
    defaultTimezone: z.string().optional(),
  })
  return {
    string: z.strictObject({
      minLength: size.optional(),
      maxLength: size.optional(),
      pattern: z.string().optional(),
      format: z.string().optional(),
    }),
    date: z.strictObject({ ...bounds(z.string(), minor), format: z.string().optional() }),
    timestamp: moments,
    time: moments,
    integer: numeric(['i8', 'i16', 'i32', 'i64', 'i128', 'u8', 'u16', 'u32', 'u64', 'u128'], minor),
    number: numeric(['f32', 'f64'], minor),
    object: z.strictObject({
      minProperties: size.optional(),
      maxProperties: size.optional(),
      required: z.array(z.string()).min(1, 'must not be empty').optional(),
    }),
    array: z.strictObject({
      minItems: size.optional(),
      maxItems: size.optional(),
      uniqueItems: yesOrNo.optional(),
    }),
    boolean: z.record(z.string(), z.unknown()),
  }
}

function element(minor: OdcsMinor) {
  return {
    ...identity(minor),
    physicalType: z.string().optional().describe("The type's name on the server."),
    description: z.string().optional(),
    businessName: z.string().optional(),
    authoritativeDefinitions: authoritativeDefinitions(minor).optional(),
    tags: tags.optional(),
    customProperties: customProperties(minor).optional(),
    quality: z.array(qualityEntry(minor)).optional().describe('Rules on the values.'),
  }
}

interface Quality {
  readonly quality?: readonly QualityEntry[] | undefined
}

/** A property as it is written, its own properties and items included. */
export interface PropertyEntry extends Quality {
  readonly id?: string | undefined
  readonly name?: string | undefined
  readonly physicalName?: string | undefined
  readonly physicalType?: string | undefined
  readonly description?: string | undefined
  readonly businessName?: string | undefined
  readonly tags?: readonly string[] | undefined
  readonly primaryKey?: boolean | undefined
  readonly primaryKeyPosition?: number | undefined
  readonly logicalType?: string | undefined
  readonly logicalTypeOptions?: Readonly<Record<string, unknown>> | undefined
  readonly required?: boolean | undefined
  readonly unique?: boolean | undefined
  readonly partitioned?: boolean | undefined
  readonly partitionKeyPosition?: number | undefined
  readonly classification?: string | undefined
  readonly examples?: readonly unknown[] | undefined
  readonly relationships?: readonly { readonly to: string | string[] }[] | undefined
  readonly properties?: readonly PropertyEntry[] | undefined
  readonly items?: PropertyEntry | undefined
}

/** What the schema of one minor version says of properties, and of the items of lists, which need no name. */
function properties(minor: OdcsMinor): { readonly property: z.ZodType<PropertyEntry> } {
  const options = optionsByType(minor)
  const types = minor === 0 ? LOGICAL_TYPES : [...LOGICAL_TYPES, ...LATER_TYPES]
  const base = {
    ...element(minor),
    primaryKey: z.boolean().optional(),
    primaryKeyPosition: z.int().optional(),
    logicalType: z.enum(types).optional().describe('What the values are, whatever the server calls it.'),
    logicalTypeOptions: z.record(z.string(), z.unknown()).optional(),
    physicalName: z
      .string()
      .optional()
      .describe('The name of the column; that of the property unless given.'),
    required: z.boolean().optional(),
    unique: z.boolean().optional(),
    partitioned: z.boolean().optional(),
    partitionKeyPosition: z.int().optional(),
    classification: z.string().optional(),
    encryptedName: z.string().optional(),
    transformSourceObjects: z.array(z.string()).optional(),
    transformLogic: z.string().optional(),
    transformDescription: z.string().optional(),
    examples: z.array(anyExample).optional(),
    criticalDataElement: z.boolean().optional(),
    ...since31(minor, { relationships: z.array(ownRelationship).optional() }),
  }
  const judge = (entry: PropertyEntry, context: z.RefinementCtx) => {
    judgeOptions(entry, options, context)
    const { logicalType: type } = entry
    if (type !== undefined && type !== 'array') strayKeys(entry, ['items'], context)
  }
  const property: z.ZodType<PropertyEntry> = z
    .strictObject({
      name: z.string().describe('What the property is called.'),
      ...base,
      get properties(): z.ZodOptional<z.ZodType<PropertyEntry[]>> {
        return z.array(property).optional()
      },
      get items(): z.ZodOptional<z.ZodType<PropertyEntry>> {
        return item.optional()
      },
    })
    .superRefine((entry, context) => {
      judge(entry, context)
      const { logicalType: type } = entry
      if (type !== undefined && type !== 'object') strayKeys(entry, ['properties'], context)
    })
  const item: z.ZodType<PropertyEntry> = z
    .strictObject({
      name: z.string().optional(),
      ...base,
      get properties(): z.ZodOptional<z.ZodType<PropertyEntry[]>> {
        return z.array(property).optional()
      },
      get items(): z.ZodOptional<z.ZodType<PropertyEntry>> {
        return item.optional()
      },
    })
    .superRefine(judge)
  return { property }
}

const anyExample = z.unknown()

/** Without a logical type no option has a meaning. */
function judgeOptions(
  { logicalType, logicalTypeOptions }: PropertyEntry,
  options: ReturnType<typeof optionsByType>,
  context: z.RefinementCtx,
): void {
  if (logicalTypeOptions === undefined) return
  const path = ['logicalTypeOptions']
  if (logicalType === undefined) {
    const keys = Object.keys(logicalTypeOptions)
    if (keys.length > 0)
      context.addIssue({ code: 'unrecognized_keys', keys, input: logicalTypeOptions, path })
    return
  }
  const schema = Object.entries(options).find(([type]) => type === logicalType)?.[1]
  const issues = schema?.safeParse(logicalTypeOptions).error?.issues ?? []
  for (const issue of issues) passOn(issue, path, logicalTypeOptions, context)
}

/** Says at its place in the property what is wrong with its options. */
function passOn(
  issue: z.core.$ZodIssue,
  base: readonly PropertyKey[],
  options: unknown,
  context: z.RefinementCtx,
): void {
  const path = [...base, ...issue.path]
  const input = options
  if (issue.code === 'unrecognized_keys')
    context.addIssue({ code: issue.code, keys: issue.keys, input: { ...Object(options) }, path })
  else if (issue.code === 'invalid_type')
    context.addIssue({ code: issue.code, expected: issue.expected, input, path })
  else if (issue.code === 'invalid_value')
    context.addIssue({ code: issue.code, values: issue.values, input, path })
  else context.addIssue({ code: 'custom', message: issue.message, path })
}

/** An object of a contract, such as a table. */
export function objectEntry(minor: OdcsMinor) {
  return z.strictObject({
    name: z.string().describe('What the object is called.'),
    ...element(minor),
    logicalType: z.literal('object').optional(),
    physicalName: z.string().optional().describe('The name of the table; that of the object unless given.'),
    dataGranularityDescription: z.string().optional(),
    properties: z.array(properties(minor).property).optional(),
    ...since31(minor, { relationships: z.array(relationship).optional() }),
  })
}
