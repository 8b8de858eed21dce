import { logicalTypeName } from '../batch/logical-type-name.ts'
import type { RealChange } from './column-change.ts'

/** A change of a column as it is recorded: names, and types as people read them; null where there is none. */
export interface RecordedChange {
  readonly column: string
  readonly change: RealChange['kind']
  readonly newName: string | null
  readonly from: string | null
  readonly to: string | null
}

/** A change to be recorded. */
export function recordChange(change: RealChange): RecordedChange {
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
