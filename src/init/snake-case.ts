/** Letters, digits and underscores, in lower case and words apart: `IMDB Rating (%)` becomes `imdb_rating`. Never empty. */
export function snakeCase(text: string, otherwise: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1_$2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1_$2')
    .toLowerCase()
    .replace(/[^\p{L}\d]+/gu, '_')
    .replace(/^_+|_+$/g, '')
  return words === '' ? otherwise : words
}

/** The same in ASCII and not beginning with a digit, as names of tables, files and projects must be; at most `longest` long. */
export function plainName(text: string, otherwise: string, longest: number): string {
  const name = snakeCase(text, '')
    .replace(/[^a-z0-9_]+/g, '_')
    .replace(/_{2,}/g, '_')
    .replace(/^_+|_+$/g, '')
  const begun = /^\d/.test(name) ? `${otherwise}_${name}` : name
  return (begun === '' ? otherwise : begun).slice(0, longest).replace(/_+$/, '')
}

/** Makes each name unlike those before it, by a number at its end. */
export function distinctNames(
  names: readonly string[],
  longest = Number.POSITIVE_INFINITY,
): readonly string[] {
  const taken = new Set<string>()
  const given = new Set(names)
  return names.map((name) => {
    let unique = name
    for (let number = 2; taken.has(unique) || (unique !== name && given.has(unique)); number++) {
      const ending = `_${number}`
      unique = `${name.slice(0, longest - ending.length)}${ending}`
    }
    taken.add(unique)
    return unique
  })
}
