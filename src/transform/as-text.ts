import type { Dialect } from '../engines/dialect.ts'

/** An expression as text. */
export function asText(expression: string, dialect: Dialect): string {
  return `cast(${expression} as ${dialect.typeName({ kind: 'text' })})`
}
