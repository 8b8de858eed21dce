import { isMapping } from '../yaml/is-mapping.ts'
import { isSecretKey } from '../yaml/line-text.ts'

/** Keys whose values are shown in messages: a password that is the same word hides nothing. */
const SHOWN = /^(?:type|host|port|user|database|dbname|schema|path|name)$/
const CREDENTIALS = /:\/\/[^\s/:@]*:([^\s/@]+)@/g

/** The secrets among the values of connection settings: those under secret keys, and passwords in addresses. */
export function secretsIn(document: unknown): readonly string[] {
  const secrets = new Set<string>()
  const shown = new Set<string>()
  const visit = (value: unknown, key: string) => {
    if (isMapping(value)) for (const [name, inner] of Object.entries(value)) visit(inner, name)
    else if (Array.isArray(value)) for (const inner of value) visit(inner, key)
    else if (typeof value === 'string' || typeof value === 'number') {
      const text = String(value)
      if (isSecretKey(key)) secrets.add(text)
      else if (SHOWN.test(key)) shown.add(text)
      for (const [, password] of text.matchAll(CREDENTIALS)) secrets.add(decoded(password!))
    }
  }
  visit(document, '')
  return [...secrets].filter((secret) => secret !== '' && !shown.has(secret))
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
