/** A name in SQL of a source. */
export function quoteName(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``
}

/** A literal in SQL of a source, whose sessions take backslashes for what they are (NO_BACKSLASH_ESCAPES). */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

export function quoteTable({ schema, name }: { readonly schema: string; readonly name: string }): string {
  return `${quoteName(schema)}.${quoteName(name)}`
}

/** The text of a value. */
export function asText(value: string): string {
  return `cast(${value} as char)`
}
