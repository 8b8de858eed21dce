import type { TypedCell } from '../records/decoded-record.ts'

const NAME = /[^\s="\]]{1,32}/y
const VALUE = /"((?:[^"\\\]]|\\.)*)"/sy

/**
 * Reads the structured data at the beginning of a text (RFC 5424, section 6.3): elements by id, their parameters by name, as a list where
 * a name is there more than once. Returns it with the text behind it, or what is wrong.
 */
export function readStructuredData(
  text: string,
): { readonly json: TypedCell | null; readonly rest: string } | string {
  if (text === '-' || text.startsWith('- ')) return { json: null, rest: text.slice(2) }
  const elements = new Map<string, Record<string, string | string[]>>()
  let at = 0
  while (text[at] === '[') {
    const id = match(NAME, text, at + 1)
    if (id === undefined) return 'its structured data has an element without an id'
    if (elements.has(id)) return 'its structured data has two elements of one id'
    at += 1 + id.length
    const parameters: Record<string, string | string[]> = Object.create(null)
    while (text[at] === ' ') {
      const name = match(NAME, text, at + 1)
      if (name === undefined || text[at + 1 + name.length] !== '=')
        return 'its structured data is not well-formed'
      VALUE.lastIndex = at + name.length + 2
      const [quoted, value] = VALUE.exec(text) ?? []
      if (quoted === undefined || value === undefined) return 'its structured data is not well-formed'
      add(parameters, name, value.replace(/\\(["\\\]])/g, '$1'))
      at += name.length + 2 + quoted.length
    }
    if (text[at] !== ']') return 'its structured data is not well-formed'
    elements.set(id, parameters)
    at++
  }
  if (elements.size === 0 || (at < text.length && text[at] !== ' '))
    return 'its structured data is not well-formed'
  return {
    json: { kind: 'json', text: JSON.stringify(Object.fromEntries(elements)) },
    rest: text.slice(at + 1),
  }
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

function add(parameters: Record<string, string | string[]>, name: string, value: string): void {
  const before = parameters[name]
  parameters[name] = before === undefined ? value : [...[before].flat(), value]
}
