import { logicalTypeName } from '../batch/logical-type-name.ts'
import type { RealChange } from './column-change.ts'

/** A change in words, with its class: `column a is added (bigint)`. Names and types only, no data. */
export function describeChange(change: RealChange): string {
  const subject = `column ${change.column} is`
  switch (change.kind) {
    case 'added':
      return `${subject} added (${logicalTypeName(change.to)})`
    case 'removed':
      return `${subject} removed`
    case 'renamed':
      return `${subject} likely renamed to ${change.newName}`
    case 'widened':
    case 'changed':
      return `${subject} ${change.kind} from ${logicalTypeName(change.from)} to ${logicalTypeName(change.to)}`
  }
}
