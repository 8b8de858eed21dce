import { replaceText } from '../methods/string-methods.ts'
import { capitalize, center } from '../methods/string-shape.ts'
import { splitLines, strip } from '../methods/string-split.ts'
import { integerArgument, textArgument } from '../values/argument.ts'
import { characters, textLength } from '../values/code-points.ts'
import { PyDict } from '../values/dict.ts'
import { iterate, tryIterate } from '../values/iterate.ts'
import { percentFormat } from '../values/percent-format.ts'
import { PythonError } from '../values/python-error.ts'
import { isTrue, sizeOf } from '../values/size.ts'
import { reprOf, textOf } from '../values/text.ts'
import { PyTuple } from '../values/tuple.ts'
import { typeName } from '../values/type-name.ts'
import { Undefined } from '../values/undefined.ts'
import { unpack } from '../values/unpack.ts'
import { FilterTableBuilder } from './filter.ts'
import { escapeHtml, stripTags } from './html.ts'
import { wrapLine } from './word-wrap.ts'

/** Filters that give text. Escaped text is a plain string here: escaping it again escapes again. */
export const textFilters = new FilterTableBuilder()
  .add('string', [], textOf)
  .add('upper', [], (value) => textOf(value).toUpperCase())
  .add('lower', [], (value) => textOf(value).toLowerCase())
  .add('capitalize', [], (value) => capitalize(textOf(value)))
  .add('title', [], (value) => titleWords(textOf(value)))
  .add('trim', ['chars?'], (value, chars) => strip(textOf(value), chars, 'both'))
  .add('center', ['width?'], (value, width) => center(textOf(value), integerArgument(width, 80), ' '))
  .add('replace', ['old', 'new', 'count?'], (value, from, to, count) => {
    const most = count === null ? -1 : integerArgument(count, -1)
    return replaceText(textOf(value), textOf(from), textOf(to), most)
  })
  .add('format', ['*args', '**kwargs'], (value, args, kwargs) => {
    const named = Object.entries(kwargs as Record<string, unknown>)
    const positional = args as unknown[]
    if (named.length > 0 && positional.length > 0) {
      const problem = "can't handle positional and keyword arguments at the same time"
      throw new PythonError('TypeError', problem)
    }
    return percentFormat(textOf(value), named.length > 0 ? PyDict.of(named) : new PyTuple(positional))
  })
  .add('indent', ['width?', 'first?', 'blank?'], (value, width = 4, first = false, blank = false) => {
    const indention = typeof width === 'string' ? width : ' '.repeat(integerArgument(width))
    return indent(textLike(value), indention, isTrue(first), isTrue(blank))
  })
  .add('truncate', ['length?', 'killwords?', 'end?', 'leeway?'], (value, length, killWords, end, leeway) =>
    truncate(value, {
      length: integerArgument(length, 255),
      killWords: killWords !== undefined && isTrue(killWords),
      end: textArgument(end, '...'),
      leeway: leeway === null ? 5 : integerArgument(leeway, 5),
    }),
  )
  .add(
    'wordwrap',
    ['width?', 'break_long_words?', 'wrapstring?', 'break_on_hyphens?'],
    (value, ...options) => {
      const [width, breakLong = true, joint, breakHyphens = true] = options
      const separator = joint === null ? '\n' : textArgument(joint, '\n')
      const wrap = {
        width: integerArgument(width, 79),
        breakLong: isTrue(breakLong),
        breakHyphens: isTrue(breakHyphens),
      }
      return splitLines(textLike(value))
        .map((line) => wrapLine(line, wrap).join(separator))
        .join(separator)
    },
  )
  .add('wordcount', [], (value) => textOf(value).match(/[\p{L}\p{N}_]+/gu)?.length ?? 0)
  .add(['escape', 'e', 'forceescape'], [], (value) => escapeHtml(textOf(value)))
  .add('safe', [], textOf)
  .add('striptags', [], (value) => stripTags(textOf(value)))
  .add('urlencode', [], urlEncode)
  .add('xmlattr', ['autospace?'], (value, autospace = true) => attributes(value, isTrue(autospace)))
  .add('pprint', [], reprOf)
  .build()

/** A value whose methods a filter calls: only strings have them. */
function textLike(value: unknown): string {
  if (typeof value === 'string') return value
  if (value instanceof Undefined) throw value.error()
  throw new PythonError('TypeError', `a string is needed, not '${typeName(value)}'`)
}

/** Jinja2's title filter: words begin after white space, hyphens and opening brackets, unlike str.title(). */
function titleWords(text: string): string {
  return text
    .split(/([-\s({[<]+)/u)
    .map((word) => {
      const [first = '', ...rest] = Array.from(word)
      return first.toUpperCase() + rest.join('').toLowerCase()
    })
    .join('')
}

function indent(text: string, indention: string, first: boolean, blank: boolean): string {
  const lines = splitLines(`${text}\n`)
  const [head = '', ...rest] = lines
  const indented = rest.map((line) => (line !== '' || blank ? indention + line : line))
  return (first ? indention : '') + [head, ...indented].join('\n')
}

interface Truncation {
  readonly length: number
  readonly killWords: boolean
  readonly end: string
  readonly leeway: number
}

/** What is short enough stays as it is, whatever it is. */
function truncate(value: unknown, { length, killWords, end, leeway }: Truncation): unknown {
  const kept = length - textLength(end)
  if (kept < 0) {
    throw new PythonError('ValueError', `expected length >= ${textLength(end)}, got ${length}`)
  }
  if (leeway < 0) throw new PythonError('ValueError', `expected leeway >= 0, got ${leeway}`)
  if (sizeOf(value) <= length + leeway) return value
  const cut = characters(textLike(value)).slice(0, kept).join('')
  const space = killWords ? -1 : cut.lastIndexOf(' ')
  return (space === -1 ? cut : cut.slice(0, space)) + end
}

function urlEncode(value: unknown): string {
  if (typeof value === 'string' || !tryIterate(value)) return quoteUrl(textOf(value), '/')
  const pairs =
    value instanceof PyDict
      ? Array.from(value.entries())
      : Array.from(iterate(value), (pair) => unpack(pair, 2))
  return pairs
    .map((pair) => pair.map((part) => quoteUrl(textOf(part), '').replaceAll('%20', '+')).join('='))
    .join('&')
}

function quoteUrl(text: string, safe: string): string {
  const encoded = encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return safe === '/' ? encoded.replaceAll('%2F', '/') : encoded
}

function attributes(value: unknown, autospace: boolean): string {
  if (!(value instanceof PyDict)) {
    throw new PythonError('AttributeError', `'${typeName(value)}' object has no attribute 'items'`)
  }
  const parts: string[] = []
  for (const [key, item] of value.entries()) {
    if (item === null || item instanceof Undefined) continue
    const name = textArgument(key)
    if (/[\s/>=]/.test(name)) {
      throw new PythonError('ValueError', `Invalid character in attribute name: ${reprOf(name)}`)
    }
    parts.push(`${escapeHtml(name)}="${escapeHtml(textOf(item))}"`)
  }
  return autospace && parts.length > 0 ? ` ${parts.join(' ')}` : parts.join(' ')
}
