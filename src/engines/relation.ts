/** A table or view by name. Temporary relations have no schema. */
export interface Relation {
  /** The one that is connected to unless given. */
  readonly database?: string
  readonly schema?: string
  readonly name: string
}

export type RelationKind = 'table' | 'view'
