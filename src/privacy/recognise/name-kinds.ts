import type { PersonalKind } from '../../project/personal-data.ts'

/** Words of a column's name that say of what kind it may be; those of several words stand for all of them. */
const WORDS: readonly (readonly [kind: PersonalKind, words: string])[] = [
  ['email', 'email|mail|e mail|correo|courriel'],
  ['phone', 'phone|telephone|tel|mobile|cell|cellphone|fax|msisdn|telefon|handy|mobil|telefono|portable|gsm'],
  ['card', 'card number|card no|cc number|credit card|creditcard|pan|card'],
  ['iban', 'iban|bank account'],
  [
    'national_id',
    'ssn|social security|nino|national insurance|national id|tax id|steuer id|steuernummer|nir|dni|nie|nif|codice fiscale|bsn|pesel|cpf|aadhaar|aadhar|identity number|id number',
  ],
  ['ip', 'ip|ip address|ipv4|ipv6|remote addr|client ip|ipaddress'],
  [
    'birth_date',
    'birth date|birthdate|date of birth|dob|birthday|birth year|born|born on|geburtsdatum|date naissance|fecha nacimiento|data nascita|geboortedatum',
  ],
  [
    'address',
    'street|street address|address|address line|addr|postal address|home address|billing address|shipping address|strasse|rue|calle|indirizzo|adresse|direccion',
  ],
  [
    'name',
    'first name|last name|given name|family name|full name|surname|forename|middle name|maiden name|lastname|firstname|fullname|vorname|nachname|prenom|apellido|cognome|customer name|person name|contact name|patient name|employee name|holder name|cardholder',
  ],
]

/** Words after which a column is about something else than what the words before say. */
const ABOUT =
  /\b(?:id|count|type|status|hash|domain|verified|valid|flag|template|at|opt|in|sent|country|code|brand|version|provider|length|consent|subject|body|city|state|zip|initial|initials)$/

/** The words of a column's name, in small letters. */
export function wordsOf(name: string): string {
  return name
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
}

/** The kind that a column's name speaks of; undefined when it speaks of none, or of something about it. */
export function nameKind(name: string): PersonalKind | undefined {
  const words = wordsOf(name.split('.').at(-1)!)
  const found = WORDS.flatMap(([kind, list]) =>
    list
      .split('|')
      .filter((phrase) => ` ${words} `.includes(` ${phrase} `))
      .map((phrase) => ({ kind, length: phrase.length, ends: words.endsWith(phrase) })),
  )
  const [best] = found.toSorted((a, b) => Number(b.ends) - Number(a.ends) || b.length - a.length)
  return best === undefined || (!best.ends && ABOUT.test(words)) ? undefined : best.kind
}

/** Whether a name may be that of a column of people: what its values are must say so. */
export function mayNamePeople(name: string): boolean {
  return /\b(?:name|person|people|customer|client|author|owner|contact|employee|patient|user|member|passenger|manager|recipient|sender|agent|driver|student|teacher|signatory|buyer|seller|reviewer)$/.test(
    wordsOf(name.split('.').at(-1)!),
  )
}
