/** Behind the name of a column: that of the text column which has the values that it cannot hold. */
const VARIANT = '__v_text'

/** The column that has, as text, the values which a column cannot hold. */
export function variantName(column: string): string {
  return `${column}${VARIANT}`
}

/** Whether a column has what others of `columns` cannot hold. */
export function isVariant(column: string, columns: { has(name: string): boolean }): boolean {
  return column.endsWith(VARIANT) && columns.has(column.slice(0, -VARIANT.length))
}
