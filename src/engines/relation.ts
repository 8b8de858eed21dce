/** A table or view by name. Temporary relations have no schema. */
export interface Relation {
  readonly schema?: string
  readonly name: string
}

export type RelationKind = 'table' | 'view'
