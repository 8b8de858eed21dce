import { logicalTypeName } from '../../batch/logical-type-name.ts'
import type { NestedField } from '../../formats/nested/expand-nested.ts'
import type { ChangeMode } from '../../project/schema-changes.ts'
import type { ChildTable } from './child-tables.ts'
import type { LeftOut } from './discarded.ts'
import type { IncomingChild } from './incoming.ts'
import { ROW } from './load-columns.ts'
import { LoadHeld } from './load-held.ts'

/** A list whose records are rejected for it. */
export interface RejectingList {
  readonly path: readonly string[]
  /** As `IncomingChild` has it. */
  readonly from: string
  /** The members that reject a record where one has a value; undefined where any element does. */
  readonly members: readonly NestedField[] | undefined
}

export interface SortedLists {
  /** The tables that are written. */
  readonly written: readonly ChildTable[]
  readonly rejecting: readonly RejectingList[]
  readonly leftOut: readonly LeftOut[]
}

/**
 * Which lists of a load are written to tables, and what becomes of those that have none, and of members that theirs have no
 * column for. Throws LoadHeld where that is to hold the load.
 */
export function sortLists(lists: readonly ChildTable[]): SortedLists {
  const written: ChildTable[] = []
  const rejecting: RejectingList[] = []
  const leftOut: LeftOut[] = []
  const held: string[] = []
  const without: { readonly path: readonly string[]; readonly mode: ChangeMode }[] = []
  for (const list of lists) {
    const { path, incoming, policy, fit } = list
    // What is in a list that has no table has none either.
    const mode =
      without.find((above) => isWithin(path, above.path))?.mode ?? (list.isNew ? policy.tables : 'evolve')
    if (mode !== 'evolve') without.push({ path, mode })
    else written.push(list)
    if (incoming === undefined || incoming.rows === 0) continue
    const members = incoming.fields.filter(({ name }) => fit.left.some((field) => field.name === name))
    const name = path.join('.')
    switch (mode === 'evolve' ? policy.columns : mode) {
      case 'freeze':
        if (mode === 'freeze') held.push(`the list ${name} has no table yet`)
        else
          for (const member of members)
            held.push(`column ${name}.${member.name} is added (${logicalTypeName(member.type)})`)
        break
      case 'discard_row':
        if (mode !== 'evolve') rejecting.push({ path, from: incoming.from, members: undefined })
        else if (members.length > 0) rejecting.push({ path, from: incoming.from, members })
        break
      case 'discard_value':
        leftOut.push(mode === 'evolve' ? ofMembers(name, incoming, members) : wholeList(name, incoming))
    }
  }
  if (held.length > 0) throw new LoadHeld(`the schema changed: ${held.join(', ')}`)
  return { written, rejecting, leftOut }
}

function isWithin(path: readonly string[], list: readonly string[]): boolean {
  return path.length > list.length && list.every((key, index) => path[index] === key)
}

function wholeList(name: string, { from }: IncomingChild): LeftOut {
  return { from: rowsOf(from, []), columns: [{ column: name, what: 'elements', sql: ROW }] }
}

function ofMembers(list: string, { from }: IncomingChild, members: readonly NestedField[]): LeftOut {
  return {
    from: rowsOf(
      from,
      members.map(({ cell }) => cell),
    ),
    columns: members.map(({ name, cell }) => ({ column: `${list}.${name}`, what: 'values', sql: cell })),
  }
}

/** The elements, with the number of the record that each is of. */
function rowsOf(from: string, cells: readonly string[]): string {
  return `(select ${[`root as ${ROW}`, ...cells].join(', ')} from ${from} as _ww_list)`
}
