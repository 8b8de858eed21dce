/** What personal data can be of. `none`: looked like it and is not. */
export const PERSONAL_KINDS = [
  ...['email', 'phone', 'card', 'iban', 'national_id', 'ip', 'name', 'address', 'birth_date', 'other'],
  'none',
] as const
export type PersonalKind = (typeof PERSONAL_KINDS)[number]

/**
 * What becomes of a personal value before anything is written: `keep` it as it is, `hash` it with a key, put a random
 * `token` in its place, `mask` all but its shape, `drop` its column, `refuse` its row.
 */
export const PERSONAL_POLICIES = ['keep', 'hash', 'token', 'mask', 'drop', 'refuse'] as const
export type PersonalPolicy = (typeof PERSONAL_POLICIES)[number]

/** What becomes of data that looks personal and is not declared. */
export const PRIVACY_MODES = ['off', 'warn', 'enforce'] as const
export type PrivacyMode = (typeof PRIVACY_MODES)[number]

/** What the policies are where neither the column nor the project says. */
export const DEFAULT_POLICIES: Readonly<Record<PersonalKind, PersonalPolicy>> = Object.freeze({
  email: 'hash',
  phone: 'hash',
  card: 'mask',
  iban: 'mask',
  national_id: 'hash',
  ip: 'mask',
  name: 'mask',
  address: 'mask',
  birth_date: 'mask',
  other: 'hash',
  none: 'keep',
})

/** A column, or a place within one of JSON such as `address.email`, that holds personal data. */
export interface PersonalColumn {
  readonly column: string
  readonly kind: PersonalKind
  readonly policy: PersonalPolicy
}

/** A key of the project, by which values are hashed and tokens kept. */
export interface PrivacyKey {
  readonly id: string
  /** As hexadecimal digits; undefined where the environment lacks it. */
  readonly secret: string | undefined
}

/** How a project treats personal data. */
export interface Privacy {
  readonly mode: PrivacyMode
  /** The first is used for new values; the others are known still. */
  readonly keys: readonly PrivacyKey[]
  readonly policies: Readonly<Record<PersonalKind, PersonalPolicy>>
}

/** Of a project that says nothing. */
export const NO_PRIVACY: Privacy = Object.freeze({ mode: 'off', keys: [], policies: DEFAULT_POLICIES })

/** Whether a policy changes what is written. */
export function acts({ policy }: PersonalColumn): boolean {
  return policy !== 'keep'
}
