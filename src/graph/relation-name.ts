import type { Relation } from '../engines/relation.ts'

/** A relation's name for people and for comparison: `schema.name`, unquoted. */
export function relationName(relation: Relation): string {
  return relation.schema === undefined ? relation.name : `${relation.schema}.${relation.name}`
}
