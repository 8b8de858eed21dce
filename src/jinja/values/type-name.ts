/** The name of a value's Python type. Classes of values carry theirs as `typeName`. */
export function typeName(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return 'str'
    case 'number':
    case 'bigint':
      return 'int'
    case 'boolean':
      return 'bool'
  }
  if (value === null) return 'NoneType'
  if (Array.isArray(value)) return 'list'
  const named = typeof value === 'object' && 'typeName' in value ? value.typeName : undefined
  return typeof named === 'string' ? named : 'object'
}
