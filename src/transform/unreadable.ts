import type { LogicalType } from '../batch/logical-type.ts'
import type { Dialect } from '../engines/dialect.ts'

/** A condition: the column has a value that does not read as `type`. */
export function isUnreadable(column: string, type: LogicalType, dialect: Dialect): string {
  const name = dialect.identifier(column)
  return `${name} is not null and ${dialect.tryCast(name, type)} is null`
}

/** Why a row is rejected in which the column does not read as `type`. */
export function unreadableReason(column: string, type: LogicalType, dialect: Dialect): string {
  return `column ${column}: cannot be read as ${dialect.typeName(type).toLowerCase()}`
}
