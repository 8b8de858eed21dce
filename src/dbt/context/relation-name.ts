/** A relation's three parts; null for a part that it does without. */
export interface RelationName {
  readonly database: string | null
  readonly schema: string | null
  readonly identifier: string | null
}

export type RelationPart = keyof RelationName

export const relationParts: readonly RelationPart[] = ['database', 'schema', 'identifier']

/** For each part whether something holds of it: whether it is quoted, or printed. */
export type RelationPolicy = Readonly<Record<RelationPart, boolean>>

export const everyPart: RelationPolicy = Object.freeze({ database: true, schema: true, identifier: true })
