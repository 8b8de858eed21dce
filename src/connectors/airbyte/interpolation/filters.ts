import { createHash, createHmac, getHashes } from 'node:crypto'
import { regularExpression } from '../../../dbt/python/regular-expression.ts'
import { FilterTableBuilder } from '../../../jinja/filters/filter.ts'
import { jsonText } from '../../../jinja/filters/json-text.ts'
import type { Filter } from '../../../jinja/runtime/registry.ts'
import { textArgument } from '../../../jinja/values/argument.ts'
import { PythonError } from '../../../jinja/values/python-error.ts'
import { textOf } from '../../../jinja/values/text.ts'

const table = new FilterTableBuilder()
  .add('hash', ['hash_type?', 'salt?'], (value, type, salt) => {
    const name = textArgument(type, 'md5')
    if (!getHashes().includes(name)) {
      throw new PythonError('AttributeError', `No hashing function named ${name}`)
    }
    const hash = createHash(name).update(textOf(value))
    if (salt !== undefined && salt !== null && salt !== '') hash.update(textOf(salt))
    return hash.digest('hex')
  })
  .add('hmac', ['key', 'hash_type?'], (value, key, type) => {
    if (textArgument(type, 'sha256') !== 'sha256') {
      throw new PythonError('ValueError', 'only sha256 can be used for an HMAC')
    }
    return createHmac('sha256', textOf(key)).update(textOf(value)).digest('hex')
  })
  .add('base64encode', [], (value) => Buffer.from(textArgument(value)).toString('base64'))
  .add('base64decode', [], (value) => Buffer.from(textArgument(value), 'base64').toString('utf8'))
  // The name says otherwise, but what it does is encode.
  .add('base64binascii_decode', [], (value) => Buffer.from(textArgument(value), 'ascii').toString('base64'))
  // Quoted, so that it stays text when the template's result is read as a literal.
  .add('string', [], (value) => (typeof value === 'string' ? value : `"""${jsonText(value, {})}"""`))
  .add('regex_search', ['regex'], (value, regex) => {
    const match = expression(regex).exec(textArgument(value))
    return match !== null && match.length > 1 ? (match[1] ?? null) : ''
  })
  .add('regex_replace', ['regex', 'replacement'], (value, regex, replacement) => {
    const template = textArgument(replacement)
    return textArgument(value).replace(expression(regex), (...found: unknown[]) =>
      template.replace(/\\(?:g<(\d+)>|(\d{1,2}))/g, (_, a: string | undefined, b: string | undefined) =>
        String(found[Number(a ?? b)] ?? ''),
      ),
    )
  })
  .build()

/** The filters that templates of manifests have besides Jinja's own, by name. */
export const filters: Readonly<Record<string, Filter>> = Object.freeze(Object.fromEntries(table))

function expression(regex: unknown): RegExp {
  const found = regularExpression(textArgument(regex))
  found.lastIndex = 0
  return found
}
