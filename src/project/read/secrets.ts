import type { Intake } from '../intake.ts'
import type { Origin } from '../origin.ts'
import { isMapping } from '../yaml/is-mapping.ts'
import { isSecretKey } from '../yaml/line-text.ts'

const REFERENCE = /\$\{[A-Za-z_]|\{\{/
/** A default that is a secret itself. */
const DEFAULT = /\$\{[^}]*?:-[^}]+\}|env_var\(\s*(?:'[^']*'|"[^"]*")\s*,\s*(?:'[^']+'|"[^"]+")/
const IN_URL = /:\/\/[^\s/:@]*:(?!\$\{|\{\{)[^\s/@]+@/

/**
 * Refuses secrets that are written out (WW1011) anywhere below a value; a mapping with `allow_plaintext_password:
 * true` in it is left alone. Looks at the document as written, before anything came in from the environment.
 */
export function refusePlainSecrets(written: unknown, origin: Origin, intake: Intake): void {
  if (Array.isArray(written)) {
    for (const [index, item] of written.entries()) refusePlainSecrets(item, below(origin, index), intake)
  }
  if (!isMapping(written) || written['allow_plaintext_password'] === true) return
  for (const [key, value] of Object.entries(written)) {
    const finding = judge(key, value)
    if (finding === undefined) refusePlainSecrets(value, below(origin, key), intake)
    else intake.error('WW1011', below(origin, key), { message: finding, part: 'key' })
  }
}

/** Refuses addresses with a password in them anywhere below a value, whatever the keys are called (WW1011). */
export function refusePlainAddresses(written: unknown, origin: Origin, intake: Intake): void {
  const entries = Array.isArray(written)
    ? [...written.entries()]
    : isMapping(written)
      ? Object.entries(written)
      : []
  for (const [key, value] of entries) {
    if (typeof value !== 'string') refusePlainAddresses(value, below(origin, key), intake)
    else if (IN_URL.test(value)) {
      intake.error('WW1011', below(origin, key), { message: 'the address holds a password in plain text' })
    }
  }
}

/** What stands under keys that are called as secrets are, however deep; of `Bearer x` also the x alone. */
export function* secretsBelow(value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* secretsBelow(item)
  if (!isMapping(value)) return
  for (const [key, item] of Object.entries(value)) {
    if (typeof item !== 'string' || !isSecretKey(key)) yield* secretsBelow(item)
    else if (item !== '') {
      yield item
      const [, credentials] = /^[A-Za-z]+\s+(\S.*)$/.exec(item) ?? []
      if (credentials !== undefined && /authorization$/i.test(key)) yield credentials
    }
  }
}

function judge(key: string, value: unknown): string | undefined {
  if (typeof value === 'number') return isSecretKey(key) ? `"${key}" is written out in plain text` : undefined
  if (typeof value !== 'string' || value === '') return undefined
  if (IN_URL.test(value)) return `the address in "${key}" holds a password`
  if (!isSecretKey(key)) return undefined
  if (!REFERENCE.test(value)) return `"${key}" is written out in plain text`
  return DEFAULT.test(value) ? `"${key}" has a default in plain text` : undefined
}

function below(origin: Origin, segment: string | number): Origin {
  return { file: origin.file, path: [...origin.path, segment] }
}
