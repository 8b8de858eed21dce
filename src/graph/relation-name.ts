import type { Relation } from '../engines/relation.ts'

/** A relation's name for people and for comparison: `schema.name`, unquoted, with its database where that is another. */
export function relationName({ database, schema, name }: Relation): string {
  return [database, schema, name].filter((part) => part !== undefined).join('.')
}
