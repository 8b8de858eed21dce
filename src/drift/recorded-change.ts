import { logicalTypeName } from '../batch/logical-type-name.ts'
import type { ChangeKind, ColumnChange } from './column-change.ts'

/** A change of a column as it is recorded: names, and types as people read them; null where there is none. */
export interface RecordedChange {
  readonly column: string
  readonly change: Exclude<ChangeKind, 'unchanged'>
  readonly newName: string | null
  readonly from: string | null
  readonly to: string | null
}

/** The changes among what became of columns, to be recorded. */
export function recordChanges(changes: readonly ColumnChange[]): readonly RecordedChange[] {
  return changes.filter((change) => change.kind !== 'unchanged').map(recordOf)
}

function recordOf(change: Exclude<ColumnChange, { kind: 'unchanged' }>): RecordedChange {
  const none = { column: change.column, newName: null, from: null, to: null }
  switch (change.kind) {
    case 'added':
      return { ...none, change: change.kind, to: logicalTypeName(change.to) }
    case 'removed':
      return { ...none, change: change.kind, from: logicalTypeName(change.from) }
    case 'renamed': {
      const type = logicalTypeName(change.type)
      return { ...none, change: change.kind, newName: change.newName, from: type, to: type }
    }
    case 'widened':
    case 'changed': {
      const { kind, from, to } = change
      return { ...none, change: kind, from: logicalTypeName(from), to: logicalTypeName(to) }
    }
  }
}
