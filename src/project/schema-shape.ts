import { z } from 'zod'
import { isMapping } from './yaml/is-mapping.ts'
import type { Path } from './yaml/value-at.ts'

/** The keys that the schema knows in the mapping at `path` of a document. */
export function keysAt(schema: z.core.$ZodType, path: Path, document: unknown): string[] {
  return objectsAt(schema, path, document).flatMap((object) => Object.keys(object.shape))
}

/** What the schema says of one key of the mapping at `path`. */
export function fieldAt(
  schema: z.core.$ZodType,
  path: Path,
  document: unknown,
  key: string,
): z.ZodType | undefined {
  for (const object of objectsAt(schema, path, document)) {
    const field: unknown = Object.hasOwn(object.shape, key) ? object.shape[key] : undefined
    if (field instanceof z.ZodType) return field
  }
  return undefined
}

function objectsAt(schema: z.core.$ZodType, path: Path, document: unknown): z.ZodObject[] {
  const [segment, ...rest] = path
  const members = unwrap(schema, document)
  if (segment === undefined) return members.filter((member) => member instanceof z.ZodObject)
  const child: unknown = Array.isArray(document)
    ? document[Number(segment)]
    : isMapping(document)
      ? document[segment]
      : undefined
  return members.flatMap((member) => {
    const next = step(member, segment)
    return next ? objectsAt(next, rest, child) : []
  })
}

function step(schema: z.core.$ZodType, segment: string | number): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodObject)
    return Object.hasOwn(schema.shape, segment) ? schema.shape[segment] : undefined
  if (schema instanceof z.ZodRecord) return schema.valueType
  return schema instanceof z.ZodArray ? schema.element : undefined
}

/** The schemas behind optional and union ones; of objects told apart by `type`, those of the value's type. */
function unwrap(schema: z.core.$ZodType, value: unknown): z.core.$ZodType[] {
  if (schema instanceof z.ZodOptional) return unwrap(schema.unwrap(), value)
  if (!(schema instanceof z.ZodUnion)) return [schema]
  return schema.options
    .filter((option) => !tellsOtherwise(option, value))
    .flatMap((option) => unwrap(option, value))
}

function tellsOtherwise(option: z.core.$ZodType, value: unknown): boolean {
  if (!(option instanceof z.ZodObject) || !isMapping(value)) return false
  const type: unknown = option.shape['type']
  return type instanceof z.ZodLiteral && !type.values.has(String(value['type']))
}
