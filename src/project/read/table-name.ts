import type { TablePattern } from '../pipeline.ts'

const NAME = /^(?:((?:"(?:[^"]|"")+")|[^".]+)\.)?((?:"(?:[^"]|"")+")|[^".]+)$/

/**
 * A table as a person names it: `orders` (of the schema that is meant without one), `sales.orders`, `"My Schema"."Order
 * Details"`. Undefined when it is no such name.
 */
export function parseTableName(text: string, ownSchema = 'public'): TablePattern | undefined {
  const [, schema = ownSchema, name] = NAME.exec(text.trim()) ?? []
  return name === undefined ? undefined : { schema: unquoted(schema), name: unquoted(name) }
}

/** Whether a name means all tables that it matches, rather than one. */
export function isPattern({ schema, name }: TablePattern): boolean {
  return schema.includes('*') || name.includes('*')
}

/** Whether a table's name matches; `*` stands for any run of characters, and nothing else for anything but itself. */
export function matchesTable(pattern: TablePattern, { schema, name }: TablePattern): boolean {
  return glob(pattern.schema).test(schema) && glob(pattern.name).test(name)
}

/** What a source table's stream is called: its name in small letters, other than letters and digits as `_`. */
export function streamName(table: string): string {
  const name = table.toLowerCase().replace(/[^a-z0-9_]/g, '_')
  return /^[0-9]/.test(name) ? `_${name}` : name
}

function unquoted(part: string): string {
  return part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}

function glob(pattern: string): RegExp {
  return new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`, 's')
}
