import { z } from 'zod'

type Shape = z.core.JSONSchema.BaseSchema

/**
 * A Markdown table of the keys of the mapping that `path` leads to: key, value, meaning. Required keys are bold. Lists
 * and choices of forms are passed through to the mapping in them.
 */
export function keyTable(
  schema: z.ZodType,
  path: readonly string[],
  without: readonly string[] = [],
): string {
  const root: Shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  const mapping = path.reduce<Shape>((shape, key) => shapeOf(mappingIn(shape)?.properties?.[key]), root)
  const { properties, required = [] } = mappingIn(mapping) ?? {}
  if (properties === undefined) throw new Error(`the schema has no mapping at ${path.join('.')}`)
  const rows = Object.entries(properties)
    .filter(([key]) => !without.includes(key))
    .map(([key, given]) => {
      const shape = shapeOf(given)
      const name = required.includes(key) ? `**\`${key}\`**` : `\`${key}\``
      return `| ${[name, sayValue(shape), shape.description ?? ''].map(cell).join(' | ')} |`
    })
  return ['| key | value | meaning |', '| --- | --- | --- |', ...rows].join('\n')
}

function shapeOf(given: Shape | boolean | undefined): Shape {
  return typeof given === 'object' ? given : {}
}

function mappingIn(shape: Shape): Shape | undefined {
  if (shape.properties !== undefined) return shape
  if (shape.items !== undefined && !Array.isArray(shape.items)) return mappingIn(shapeOf(shape.items))
  return shape.anyOf?.map((option) => mappingIn(shapeOf(option))).find((found) => found !== undefined)
}

/** What may be written, in a few words. */
function sayValue(shape: Shape): string {
  if (shape.const !== undefined) return `\`${shape.const}\``
  if (shape.enum !== undefined) return shape.enum.map((choice) => `\`${choice}\``).join(', ')
  if (shape.anyOf !== undefined) {
    return [
      ...new Set(
        shape.anyOf
          .map(shapeOf)
          .filter((option) => option.type !== 'null')
          .map(sayValue),
      ),
    ].join(' or ')
  }
  return (typeof shape.type === 'string' && words[shape.type]) || 'any'
}

const words: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  boolean: 'true or false',
  array: 'list',
  object: 'mapping',
  number: 'number',
  null: 'null',
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;')
}
