/** One target of a Link header, with its parameters; `url` is the target. */
export type Link = Readonly<Record<string, string>>

/** A Link header (RFC 8288) as links by their relation, or by their target where they state none. */
export function parseLinks(header: string | undefined): Readonly<Record<string, Link>> {
  const links: Record<string, Link> = {}
  for (const part of (header ?? '').split(/, *</)) {
    const [target = '', ...parameters] = part.split(';')
    const url = target.replace(/^[\s<>'"]+|[\s<>'"]+$/g, '')
    if (url === '') continue
    const link: Record<string, string> = { url }
    for (const parameter of parameters) {
      const equals = parameter.indexOf('=')
      if (equals < 0) continue
      const strip = (text: string) => text.replace(/^[\s'"]+|[\s'"]+$/g, '')
      link[strip(parameter.slice(0, equals))] = strip(parameter.slice(equals + 1))
    }
    links[link['rel'] ?? url] = link
  }
  return links
}
