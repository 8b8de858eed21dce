import type { ManifestModel } from '../../manifest/manifest-node.ts'
import type { PreviousNode } from './parse-manifest.ts'
import { sameValue } from './same-value.ts'

export interface ContractComparison {
  readonly same: boolean
  /** What a reader of the model could stumble over; none for changes that only add. */
  readonly breaking: readonly string[]
}

/** What DuckDB and Postgres hold a table to. */
const ENFORCED: ReadonlySet<string> = new Set(['check', 'not_null', 'unique', 'primary_key', 'foreign_key'])

/** How a model's contract stands to what it was. */
export function compareContracts(now: ManifestModel, then: PreviousNode): ContractComparison {
  if (!then.contract.enforced) return { same: !now.contract.enforced, breaking: [] }
  if (now.contract.enforced && now.contract.checksum === then.contract.checksum) {
    return { same: true, breaking: [] }
  }
  return {
    same: false,
    breaking: [
      ...(now.contract.enforced ? [] : ['its contract is no longer enforced']),
      ...columnChanges(now, then),
      ...constraintChanges(now, then),
      ...materializationChange(now, then),
    ],
  }
}

function columnChanges(now: ManifestModel, then: PreviousNode): readonly string[] {
  return Object.entries(then.columns).flatMap(([key, column]) => {
    const current = now.columns[key]
    if (current === undefined) return [`column ${column.name} was removed`]
    if (baseType(column.data_type) === baseType(current.data_type)) return []
    return [`column ${column.name} was ${column.data_type} and is ${current.data_type}`]
  })
}

/** A type without its size, precision and scale, which may change without breaking anything. */
function baseType(type: string | null): string | undefined {
  return type?.split('(')[0]?.trim().toLowerCase()
}

function constraintChanges(now: ManifestModel, then: PreviousNode): readonly string[] {
  if (!enforcesConstraints(then)) return []
  const gone = (before: PreviousNode['constraints'], after: readonly unknown[]) =>
    before.filter(
      (constraint) =>
        ENFORCED.has(constraint.type) && !after.some((other) => sameConstraint(constraint, other)),
    )
  return [
    ...Object.entries(then.columns).flatMap(([key, column]) => {
      const current = now.columns[key]
      const lost = current === undefined ? [] : gone(column.constraints, current.constraints)
      return lost.map(({ type, name }) => `column ${column.name} lost its constraint ${name ?? type}`)
    }),
    ...gone(then.constraints, now.constraints).map(
      ({ type, name }) => `it lost its constraint ${name ?? type}`,
    ),
  ]
}

function sameConstraint(a: unknown, b: unknown): boolean {
  return sameValue(withoutEmptyLists(a), withoutEmptyLists(b))
}

/** No columns and an empty list of columns are the same; versions of dbt write the one or the other. */
function withoutEmptyLists(constraint: unknown): unknown {
  if (typeof constraint !== 'object' || constraint === null) return constraint
  return Object.fromEntries(
    Object.entries(constraint).filter(([, value]) => !(Array.isArray(value) && value.length === 0)),
  )
}

function materializationChange(now: ManifestModel, then: PreviousNode): readonly string[] {
  const hadConstraints =
    then.constraints.length > 0 || Object.values(then.columns).some((column) => column.constraints.length > 0)
  if (!hadConstraints || !enforcesConstraints(then) || enforcesConstraints(now)) return []
  const [before, after] = [then.config['materialized'], now.config['materialized']]
  return [`it was built as ${String(before)} with constraints and is built as ${String(after)}`]
}

function enforcesConstraints({ config }: { readonly config: Readonly<Record<string, unknown>> }): boolean {
  return config['materialized'] === 'table' || config['materialized'] === 'incremental'
}
