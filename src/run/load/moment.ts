import type { Dialect } from '../../engines/dialect.ts'

/** A moment, ISO 8601 UTC, as a literal of the engine. */
export function moment(dialect: Dialect, now: string): string {
  return `cast(${dialect.literal(now)} as ${dialect.typeName({ kind: 'timestamptz' })})`
}
