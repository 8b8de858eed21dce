import type { Field, LogicalType } from '../../batch/logical-type.ts'
import { isVariant } from '../../drift/variants.ts'
import type { SchemaChangePolicy } from '../../project/schema-changes.ts'

/** How arrived columns meet a table's, by what the policy lets in. Pure. */
export interface SchemaFit {
  /** The table's own columns after the load, in order, with the type each has there. */
  readonly fields: readonly Field[]
  /** New columns to add to the table. */
  readonly added: readonly Field[]
  /** New columns that the table does not get. */
  readonly left: readonly Field[]
  /** Columns of the table whose type becomes another, with the one that they get. */
  readonly widened: readonly Field[]
  /** Columns of the table that did not arrive: they stay NULL. */
  readonly removed: readonly Field[]
  /** Columns that arrived with another type than the table's. */
  readonly changed: readonly { readonly name: string; readonly from: Field; readonly to: Field }[]
}

/**
 * @param arrived the columns as they leave the stages
 * @param table the table's columns now, or undefined when it does not exist
 * @param platform names of the columns of the table that loading adds
 * @param wider the types that columns of the table become
 */
export function fitSchema(
  arrived: readonly Field[],
  table: readonly Field[] | undefined,
  policy: SchemaChangePolicy,
  platform: readonly string[],
  wider: ReadonlyMap<string, LogicalType> = new Map(),
): SchemaFit {
  if (table === undefined)
    return { fields: arrived, added: [], left: [], widened: [], removed: [], changed: [] }
  const own = table
    .filter((field) => !platform.includes(field.name))
    .map(({ name, type }) => ({ name, type: wider.get(name) ?? type }))
  const widened = own.filter(({ name }) => wider.has(name))
  const known = new Map(own.map((field) => [field.name, field]))
  const came = new Set(arrived.map((field) => field.name))
  const strangers = arrived.filter((field) => !known.has(field.name))
  // A variant is what becomes of a value, and no column of the source.
  const isTaken = ({ name }: Field) => policy.columns === 'evolve' || isVariant(name, known)
  const added = strangers.filter(isTaken)
  const left = strangers.filter((field) => !isTaken(field))
  const removed = own.filter(({ name }) => !came.has(name) && !isVariant(name, known))
  const changed = arrived.flatMap((field) => {
    const before = known.get(field.name)
    return before && !sameType(before, field) ? [{ name: field.name, from: before, to: field }] : []
  })
  return { fields: [...own, ...added], added, left, widened, removed, changed }
}

function sameType(a: Field, b: Field): boolean {
  return JSON.stringify(a.type) === JSON.stringify(b.type)
}
