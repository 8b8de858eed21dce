import { z } from 'zod'
import type { SchemaFile } from './schema-files.ts'

type Shape = z.core.JSONSchema.BaseSchema

/**
 * A kind of project file as a JSON Schema (draft 7, which editors understand best). Says of a file what the parser says
 * of it one value at a time; what does not fit together across values, only the parser knows.
 */
export function toJsonSchema({ schema, files, reference }: SchemaFile): Readonly<Record<string, unknown>> {
  const made = z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      if (zodSchema instanceof z.ZodBigInt) jsonSchema.type = 'integer'
      if (reference !== undefined && isNarrow(jsonSchema)) allowReference(jsonSchema, reference)
    },
  })
  return { ...made, description: `${files} of a Waterworks project` }
}

/** Whether some text would be refused that may come from outside. */
function isNarrow({ type, enum: choices, pattern }: Shape): boolean {
  if (choices !== undefined) return true
  const narrowText = type === 'string' && pattern !== undefined && pattern !== '\\S'
  return type === 'integer' || type === 'number' || type === 'boolean' || narrowText
}

/** The value as it is described, or a text with a reference in it. */
function allowReference(shape: Shape, reference: string): void {
  const { description, ...own } = shape
  for (const key of Object.keys(shape)) delete shape[key]
  shape.anyOf = [own, { type: 'string', pattern: reference }]
  if (description !== undefined) shape.description = description
}
