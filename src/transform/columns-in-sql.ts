/**
 * Which of the columns an SQL expression may read: those whose names stand in it outside of texts and comments. It may name
 * one too many (a function of the same name), never one too few.
 */
export function columnsInSql(sql: string, columns: readonly string[]): readonly string[] {
  const bare = sql.replaceAll(/'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//g, ' ')
  const quoted = [...bare.matchAll(/"((?:[^"]|"")*)"/g)].map(([, name]) => name!.replaceAll('""', '"'))
  const words = bare.replaceAll(/"(?:[^"]|"")*"/g, ' ').match(/[\p{L}_][\p{L}\p{N}_$]*/gu) ?? []
  const named = new Set([...quoted, ...words].map((name) => name.toLowerCase()))
  return columns.filter((column) => named.has(column.toLowerCase()))
}
