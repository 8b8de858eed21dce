import type { RelationPlace } from '../adapter/adapter-connection.ts'
import { wrongCall } from './bind-arguments.ts'
import { RelationValue } from './relation-value.ts'

/** An argument that must be a relation. Throws WW2102. */
export function relationArgument(name: string, value: unknown): RelationValue {
  if (value instanceof RelationValue) return value
  throw wrongCall(`${name}() needs a relation.`, 'ref(), source(), this and api.Relation.create() give one.')
}

/** Where the warehouse has a relation. */
export function placeOf({ facts }: RelationValue): RelationPlace {
  const { database, schema, identifier } = facts.path
  return { database, schema, identifier: identifier ?? '' }
}
