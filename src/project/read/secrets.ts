import type { Intake } from '../intake.ts'
import type { Origin } from '../origin.ts'
import { isMapping } from '../yaml/is-mapping.ts'
import { isSecretKey } from '../yaml/line-text.ts'

const REFERENCE = /\$\{[A-Za-z_]|\{\{/

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
    const secret = typeof value === 'string' && isSecretKey(key) && value !== '' && !REFERENCE.test(value)
    const inUrl = typeof value === 'string' && /:\/\/[^\s/:@]*:(?!\$\{|\{\{)[^\s/@]+@/.test(value)
    if (secret || inUrl || (typeof value === 'number' && isSecretKey(key))) {
      intake.error('WW1011', below(origin, key), {
        message: `${inUrl ? `the address in "${key}" holds a password` : `"${key}" is written out in plain text`}`,
        part: 'key',
      })
    } else refusePlainSecrets(value, below(origin, key), intake)
  }
}

function below(origin: Origin, segment: string | number): Origin {
  return { file: origin.file, path: [...origin.path, segment] }
}
