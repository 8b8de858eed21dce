import { z } from 'zod'
import { asText } from '../as-text.ts'
import { asNames, names } from '../entry-fields.ts'
import { type MisfitRule, misfitEntry } from '../misfit-rule.ts'
import { defineOperation } from '../operation-definition.ts'
import { standardize } from '../standardize.ts'
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

export const email = defineOperation({
  stage: 'conform',
  summary: 'Email addresses without white space around them, their domain in lower case.',
  example: 'email: {columns: email, on_misfit: quarantine}',
  entry: z.union([
    names,
    z.strictObject({
      columns: names,
      on_misfit: misfitEntry(['null', 'keep', 'quarantine', 'fail'], 'quarantine'),
    }),
  ]),
  effects: ['rejected', 'held'],
  read(entry): { readonly columns: readonly string[]; readonly onMisfit: MisfitRule } {
    if (typeof entry === 'string' || Array.isArray(entry))
      return { columns: asNames(entry), onMisfit: 'quarantine' }
    const rule = entry.on_misfit === undefined ? 'quarantine' : (entry.on_misfit ?? 'null')
    return { columns: asNames(entry.columns), onMisfit: rule }
  },
  compile(state, { columns, onMisfit }, context) {
    const { dialect } = context
    const bare = (name: string) => trimmed(asText(name, dialect), dialect)
    const standard = {
      isNot: 'is no email address',
      fits: (name: string) =>
        `coalesce(${dialect.matches(bare(name), ADDRESS)} and length(${bare(name)}) <= 254, false)`,
      value: (name: string) =>
        `regexp_replace(${bare(name)}, '@.*$', '') || lower(regexp_replace(${bare(name)}, '^.*@', '@'))`,
    }
    return standardize(state, columns, standard, onMisfit, context)
  },
})
