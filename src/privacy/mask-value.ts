import type { PersonalKind } from '../project/personal-data.ts'

const HIDDEN = '***'
/** Shorter numbers would be half told by their last digits. */
const TELLING = 8

/**
 * A personal value of which only the shape is left: the first letter and the domain of an email address, the last four
 * digits of a phone, card or national number, the country and last four of an IBAN, the network of an IP address, the
 * first letters of names, the year of a birth date. Of what is not of that shape, nothing is left.
 */
export function maskValue(text: string, kind: PersonalKind): string {
  switch (kind) {
    case 'email': {
      const [, first, domain] = /^\s*([^\s@])[^\s@]*(@[^\s@]+)\s*$/.exec(text) ?? []
      return first === undefined ? HIDDEN : `${first}${HIDDEN}${domain}`
    }
    case 'phone':
    case 'card':
    case 'national_id':
      return lastFour(text)
    case 'iban':
      return /^\s*[A-Za-z]{2}\d{2}/.test(text) ? `${text.trim().slice(0, 2)}${lastFour(text)}` : HIDDEN
    case 'ip':
      return network(text.trim())
    case 'name':
      return text.replace(
        /[\p{L}\p{M}\p{N}'’.-]+/gu,
        (word) => `${String.fromCodePoint(word.codePointAt(0)!)}${HIDDEN}`,
      )
    case 'birth_date':
      return /(?<!\d)(?:1[89]|20)\d{2}(?!\d)/.exec(text)?.[0] ?? HIDDEN
    default:
      return HIDDEN
  }
}

function lastFour(text: string): string {
  const characters = text.replace(/[^\p{L}\p{N}]/gu, '')
  return characters.length < TELLING ? HIDDEN : `${HIDDEN}${characters.slice(-4)}`
}

/** The first 24 bits of an IPv4 address, the first 48 of an IPv6 address. */
function network(text: string): string {
  const four = /^(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(text)
  if (four !== null) return `${four[1]}.0/24`
  const [head = '', tail] = text.split('::')
  const groups = head.split(':')
  if (!/^[0-9a-f:]+$/i.test(text) || (tail === undefined && groups.length !== 8)) return HIDDEN
  return `${[...groups.filter(Boolean), '0', '0', '0'].slice(0, 3).join(':')}::/48`
}
