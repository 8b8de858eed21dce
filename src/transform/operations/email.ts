import { asText } from '../as-text.ts'
import { standardOperation } from '../standard-operation.ts'
import { trimmed, WHITE_SPACE } from '../white-space.ts'

/*
 * An address as mail servers take it: RFC 5321's dot-string, with letters of any script (RFC 6531), at a domain name of two
 * labels or more. Quoted local parts and addresses of numbers are none.
 */
const ATOM = `[^\\x01-\\x20"(),.:;<>@\\x5b-\\x5d\\x7f${WHITE_SPACE.replaceAll(/[\0- ]/g, '')}]+`
const END = String.raw`[^\x01-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]`
const MIDDLE = String.raw`[^\x01-\x2c\x2e\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]`
const LABEL = `${END}(${MIDDLE}{0,61}${END})?`
const ADDRESS = `^${ATOM}(\\.${ATOM})*@${LABEL}(\\.${LABEL})+$`

export const email = standardOperation({
  summary: 'Email addresses without white space around them, their domain in lower case.',
  example: 'email: {columns: email, on_misfit: quarantine}',
  standard(dialect) {
    const bare = (name: string) => trimmed(asText(name, dialect), dialect)
    return {
      isNot: 'is no email address',
      fits: (name) =>
        `coalesce(${dialect.matches(bare(name), ADDRESS)} and length(${bare(name)}) <= 254, false)`,
      value: (name) =>
        `regexp_replace(${bare(name)}, '@.*$', '') || lower(regexp_replace(${bare(name)}, '^.*@', '@'))`,
    }
  },
})
