import type { Dialect } from '../../engines/dialect.ts'

/** A condition over `t` and `s`, or whatever they are called: they are the same row. Keys are never NULL. */
export function sameKey(dialect: Dialect, keys: readonly string[], [t, s] = ['t', 's']): string {
  return keys.map((key) => `${t}.${dialect.identifier(key)} = ${s}.${dialect.identifier(key)}`).join(' and ')
}

/** A condition over `t` and `s`, or whatever they are called: a column differs, a NULL from any value. */
export function differIn(dialect: Dialect, columns: readonly string[], [t, s] = ['t', 's']): string {
  if (columns.length === 0) return 'false'
  const different = columns.map((column) => {
    const name = dialect.identifier(column)
    return `${t}.${name} is distinct from ${s}.${name}`
  })
  return `(${different.join(' or ')})`
}
