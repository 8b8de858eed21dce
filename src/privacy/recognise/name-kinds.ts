import type { PersonalKind } from '../../project/personal-data.ts'

/** Words of a column's name that say of what kind it may be; those of several words stand for all of them. */
const WORDS: readonly (readonly [kind: PersonalKind, words: string])[] = [
  [
    'email',
    'email|mail|e mail|correo|correo electronico|courriel|mailadres|emailadres|mejl|epost|e post|eposta|e posta|sahkoposti|почта|электронная почта',
  ],
  [
    'phone',
    'phone|telephone|tel|mobile|cell|cellphone|fax|msisdn|gsm|tlf|phone number|phone no|telephone number|mobile number|mobile no|telefon|telefonnummer|telefonnr|rufnummer|handy|handynummer|mobil|mobilnummer|mobiltelefon|telefono|movil|portable|telefone|celular|cellulare|telefonino|telefoon|telefoonnummer|komorka|numer telefonu|telefonni cislo|telefonne cislo|telefonszam|puhelin|puhelinnumero|matkapuhelin|numar telefon|broj telefona|cep telefonu|cep tel|telefon numarasi|denwa|denwa bango|телефон|тел',
  ],
  ['card', 'card number|card no|cc number|credit card|creditcard|pan|card'],
  ['iban', 'iban|bank account'],
  [
    'national_id',
    'ssn|social security|nino|national insurance|national id|tax id|steuer id|steuernummer|nir|dni|nie|nif|codice fiscale|bsn|pesel|cpf|aadhaar|aadhar|personnummer|identity number|id number',
  ],
  ['ip', 'ip|ip address|ipv4|ipv6|remote addr|client ip|ipaddress'],
  [
    'birth_date',
    'birth date|birthdate|date of birth|date birth|birth dt|dob|birthday|bday|birth year|born|born on|geburtsdatum|geburtstag|geboren|geboren am|date naissance|date de naissance|fecha nacimiento|fecha de nacimiento|data nascimento|data de nascimento|data nascita|data di nascita|geboortedatum|data urodzenia|fodelsedatum|fodselsdato|syntymaaika|datum narozeni|datum narodenia|szuletesi datum|data nasterii|datum rodenja|dogum tarihi|дата рождения|дата народження',
  ],
  [
    'address',
    'street|street address|address|address line|addr|postal address|home address|billing address|shipping address|ship to|bill to|strasse|straße|anschrift|rue|adresse|calle|direccion|domicilio|endereco|logradouro|indirizzo|via|straat|straatnaam|adres|ulica|adress|gatuadress|gateadresse|osoite|katuosoite|ulice|adresa|utca|lakcim|strada|sokak|адрес|адреса|улица|вулиця',
  ],
  [
    'name',
    'first name|last name|given name|family name|full name|surname|forename|middle name|maiden name|lastname|firstname|fullname|fname|lname|name first|name last|recipient name|display name|author name|emp name|customer name|person name|contact name|patient name|employee name|holder name|cardholder|vorname|nachname|familienname|vollstandiger name|vollstaendiger name|kundenname|ansprechpartner|prenom|nom complet|nom de famille|nom client|apellido|apellidos|nombre completo|nombre cliente|sobrenome|nome completo|nome cliente|cognome|nome e cognome|voornaam|achternaam|imie|nazwisko|imie i nazwisko|fornamn|efternamn|fornavn|etternavn|efternavn|etunimi|sukunimi|prijmeni|priezvisko|vezeteknev|keresztnev|prenume|prezime|soyad|soyadi|ad soyad|fio|familiya|фио|фамилия|имя и фамилия|прізвище|shimei',
  ],
]

/** Words after which a column is about something else than what the words before say. */
const ABOUT =
  /\b(?:id|count|type|status|hash|domain|verified|valid|flag|template|at|opt|in|sent|country|code|brand|version|provider|length|consent|subject|body|city|state|zip|initial|initials)$/

/** The words of a column's name, in small letters. */
export function wordsOf(name: string): string {
  return (
    name
      .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
      // The first or second of several, as in address1.
      .replace(/(\p{L}{4})(\d)$/gu, '$1 $2')
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
      .toLowerCase()
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
  )
}

/** The kind that a column's name speaks of; undefined when it speaks of none, or of something about it. */
export function nameKind(name: string): PersonalKind | undefined {
  const words = wordsOf(name.split('.').at(-1)!)
  const found = WORDS.flatMap(([kind, list]) =>
    list
      .split('|')
      .filter((phrase) => ` ${words} `.includes(` ${phrase} `))
      .map((phrase) => ({ kind, length: phrase.length, ends: words.replace(/ \d$/, '').endsWith(phrase) })),
  )
  const [best] = found.toSorted((a, b) => Number(b.ends) - Number(a.ends) || b.length - a.length)
  return best === undefined || (!best.ends && ABOUT.test(words)) ? undefined : best.kind
}

/** Whether a name may be that of a column of people: what its values are must say so. */
export function mayNamePeople(name: string): boolean {
  return /\b(?:name|person|people|customer|client|author|owner|contact|employee|patient|user|member|passenger|manager|recipient|sender|holder|beneficiary|payee|nombre|nome|nom|naam|cliente|kunde|klant|klient|contacto|contatto|agent|driver|student|teacher|signatory|buyer|seller|reviewer)$/.test(
    wordsOf(name.split('.').at(-1)!),
  )
}
