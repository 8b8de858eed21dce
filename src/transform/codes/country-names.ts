import { COUNTRIES } from './countries.ts'

/** What people write for countries beside their codes and the names that Unicode's CLDR gives, by alpha-2 code. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  AE: ['UAE', 'Emirates'],
  BA: ['Bosnia', 'Bosnia and Herzegovina'],
  BO: ['Bolivia, Plurinational State of'],
  BN: ['Brunei Darussalam'],
  CD: ['Democratic Republic of the Congo', 'DR Congo', 'DRC', 'Congo, the Democratic Republic of the'],
  CG: ['Republic of the Congo', 'Congo'],
  CI: ['Ivory Coast', "Côte d'Ivoire", "Cote d'Ivoire"],
  CV: ['Cape Verde', 'Cabo Verde'],
  CZ: ['Czech Republic', 'Czechia'],
  FM: ['Micronesia, Federated States of'],
  GB: ['UK', 'Great Britain', 'Britain', 'England', 'Scotland', 'Wales', 'Northern Ireland'],
  HK: ['Hong Kong'],
  IR: ['Iran, Islamic Republic of', 'Islamic Republic of Iran'],
  KP: ["Korea, Democratic People's Republic of", 'DPRK'],
  KR: ['Korea, Republic of', 'Republic of Korea', 'Korea'],
  LA: ["Lao People's Democratic Republic", 'Lao'],
  MD: ['Moldova, Republic of', 'Republic of Moldova'],
  MK: ['Macedonia', 'FYROM'],
  MM: ['Burma', 'Myanmar'],
  MO: ['Macao', 'Macau'],
  NL: ['Holland', 'The Netherlands'],
  PS: ['Palestine', 'Palestine, State of'],
  RU: ['Russian Federation'],
  SY: ['Syrian Arab Republic'],
  SZ: ['Swaziland'],
  TL: ['East Timor'],
  TR: ['Turkey', 'Türkiye'],
  TW: ['Taiwan, Province of China'],
  TZ: ['Tanzania, United Republic of', 'United Republic of Tanzania'],
  US: ['U.S.', 'U.S.A.', 'United States of America', 'America'],
  VA: ['Holy See', 'Vatican'],
  VE: ['Venezuela, Bolivarian Republic of'],
  VN: ['Viet Nam'],
}

/** The name of a country in a language, as CLDR has it. */
export function countryName(alpha2: string, language: string): string {
  return new Intl.DisplayNames([language], { type: 'region' }).of(alpha2) ?? alpha2
}

/**
 * What each country may be called, in lower case and without dots, and its alpha-2 code: its three codes, its names in English
 * and in `languages`, and others that are common. A name that two countries have in different languages is that of neither.
 */
export function countryKeys(languages: readonly string[]): ReadonlyMap<string, string> {
  const named = ['en', ...languages].map((language) => new Intl.DisplayNames([language], { type: 'region' }))
  const keys = new Map<string, string | undefined>()
  const add = (text: string, alpha2: string) => {
    const key = countryKey(text)
    keys.set(key, keys.has(key) && keys.get(key) !== alpha2 ? undefined : alpha2)
  }
  for (const { alpha2 } of COUNTRIES) {
    for (const names of named) add(names.of(alpha2) ?? alpha2, alpha2)
    for (const alias of ALIASES[alpha2] ?? []) add(alias, alpha2)
  }
  // Codes are what they are, whatever a language calls a country.
  for (const { alpha2, alpha3, numeric } of COUNTRIES) {
    for (const code of [alpha2, alpha3, numeric]) keys.set(code.toLowerCase(), alpha2)
  }
  return new Map([...keys].flatMap(([key, alpha2]) => (alpha2 === undefined ? [] : [[key, alpha2] as const])))
}

/** A text as countries are looked up by it. */
export function countryKey(text: string): string {
  return text.trim().replaceAll('.', '').replaceAll('’', "'").replaceAll(/ +/g, ' ').toLowerCase()
}
