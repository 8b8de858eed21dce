const TOKEN = /\s+|--[^\n]*|\/\*.*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|[\p{L}\p{N}_$]+|./gsu

/** A query without what means nothing: space, comments, and the case of words that are not quoted. */
export function sqlTokens(sql: string): string {
  const tokens = sql.match(TOKEN) ?? []
  return tokens
    .filter((token) => !/^(?:\s|--|\/\*)/.test(token))
    .map((token) => (/^['"]/.test(token) ? token : token.toLowerCase()))
    .join(' ')
}
