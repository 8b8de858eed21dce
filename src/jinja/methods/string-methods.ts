import { integerArgument, textArgument } from '../values/argument.ts'
import { characters, isPlain, textLength } from '../values/code-points.ts'
import { iterate } from '../values/iterate.ts'
import { PythonError } from '../values/python-error.ts'
import { PySlice } from '../values/slice.ts'
import { PyTuple } from '../values/tuple.ts'
import { typeName } from '../values/type-name.ts'
import { MethodTableBuilder } from './method.ts'
import { capitalize, center, expandTabs, pad, swapCase, titleCase, zeroFill } from './string-shape.ts'
import { splitAtSeparator, splitAtWhitespace, splitLines, strip } from './string-split.ts'
import { stringTests } from './string-tests.ts'

const builder = new MethodTableBuilder<string>()
for (const [name, test] of stringTests) builder.add(name, [], (text) => test(text))

/** Python's str methods, but for format(), which reaches into values (see lookup.ts). */
export const stringMethods = builder
  .add('upper', [], (text) => text.toUpperCase())
  .add('lower', [], (text) => text.toLowerCase())
  .add('casefold', [], (text) => text.toLowerCase().replaceAll('ß', 'ss'))
  .add('capitalize', [], (text) => capitalize(text))
  .add('title', [], (text) => titleCase(text))
  .add('swapcase', [], (text) => swapCase(text))
  .add('strip', ['chars?'], (text, chars) => strip(text, chars, 'both'))
  .add('lstrip', ['chars?'], (text, chars) => strip(text, chars, 'start'))
  .add('rstrip', ['chars?'], (text, chars) => strip(text, chars, 'end'))
  .add('split', ['sep?', 'maxsplit?'], (text, separator, most) => split(text, separator, most, false))
  .add('rsplit', ['sep?', 'maxsplit?'], (text, separator, most) => split(text, separator, most, true))
  .add('splitlines', ['keepends?'], (text, keepEnds) => splitLines(text, Boolean(keepEnds)))
  .add('partition', ['sep'], (text, separator) => partition(text, textArgument(separator), false))
  .add('rpartition', ['sep'], (text, separator) => partition(text, textArgument(separator), true))
  .add('join', ['iterable'], (text, items) => join(text, items))
  .add('replace', ['old', 'new', 'count?'], (text, from, to, count) =>
    replaceText(text, textArgument(from), textArgument(to), integerArgument(count, -1)),
  )
  .add('startswith', ['prefix', 'start?', 'end?'], (text, prefix, start, end) =>
    affixes(prefix, 'startswith').some((part) => within(text, start, end)?.startsWith(part)),
  )
  .add('endswith', ['suffix', 'start?', 'end?'], (text, suffix, start, end) =>
    affixes(suffix, 'endswith').some((part) => within(text, start, end)?.endsWith(part)),
  )
  .add('removeprefix', ['prefix'], (text, prefix) => {
    const part = textArgument(prefix)
    return text.startsWith(part) ? text.slice(part.length) : text
  })
  .add('removesuffix', ['suffix'], (text, suffix) => {
    const part = textArgument(suffix)
    return part !== '' && text.endsWith(part) ? text.slice(0, -part.length) : text
  })
  .add('find', ['sub', 'start?', 'end?'], (text, part, start, end) => find(text, part, start, end, false))
  .add('rfind', ['sub', 'start?', 'end?'], (text, part, start, end) => find(text, part, start, end, true))
  .add('index', ['sub', 'start?', 'end?'], (text, part, start, end) =>
    found(find(text, part, start, end, false)),
  )
  .add('rindex', ['sub', 'start?', 'end?'], (text, part, start, end) =>
    found(find(text, part, start, end, true)),
  )
  .add('count', ['sub', 'start?', 'end?'], (text, part, start, end) => {
    const [whole, sub] = [within(text, start, end) ?? '', textArgument(part)]
    return sub === '' ? textLength(whole) + 1 : whole.split(sub).length - 1
  })
  .add('center', ['width', 'fillchar?'], (text, width, fill) => center(text, integerArgument(width), fill))
  .add('ljust', ['width', 'fillchar?'], (text, width, fill) => text + pad(text, integerArgument(width), fill))
  .add('rjust', ['width', 'fillchar?'], (text, width, fill) => pad(text, integerArgument(width), fill) + text)
  .add('zfill', ['width'], (text, width) => zeroFill(text, integerArgument(width)))
  .add('expandtabs', ['tabsize?'], (text, size) => expandTabs(text, integerArgument(size, 8)))
  .build()

/** Python's str.replace(): at most `count` times from the left, all when negative. */
export function replaceText(text: string, from: string, to: string, count: number): string {
  if (count < 0)
    return from === ''
      ? to +
          characters(text)
            .map((character) => character + to)
            .join('')
      : text.replaceAll(from, to)
  const parts = from === '' ? ['', ...characters(text), ''] : text.split(from)
  const [head, tail] = [parts.slice(0, count + 1), parts.slice(count + 1)]
  if (tail.length === 0) return head.join(to)
  return head.join(to) + from + tail.join(from)
}

function split(text: string, separator: unknown, most: unknown, fromEnd: boolean): string[] {
  const limit = integerArgument(most, -1)
  if (separator === undefined || separator === null) return splitAtWhitespace(text, limit, fromEnd)
  const sign = textArgument(separator)
  if (sign === '') throw new PythonError('ValueError', 'empty separator')
  return splitAtSeparator(text, sign, limit, fromEnd)
}

function partition(text: string, separator: string, fromEnd: boolean): PyTuple {
  if (separator === '') throw new PythonError('ValueError', 'empty separator')
  const at = fromEnd ? text.lastIndexOf(separator) : text.indexOf(separator)
  if (at === -1) return new PyTuple(fromEnd ? ['', '', text] : [text, '', ''])
  return new PyTuple([text.slice(0, at), separator, text.slice(at + separator.length)])
}

function join(separator: string, items: unknown): string {
  const parts = Array.from(iterate(items), (item, index) => {
    if (typeof item === 'string') return item
    const problem = `sequence item ${index}: expected str instance, ${typeName(item)} found`
    throw new PythonError('TypeError', problem)
  })
  return parts.join(separator)
}

function affixes(value: unknown, method: string): readonly string[] {
  if (typeof value === 'string') return [value]
  if (value instanceof PyTuple) return value.items.map((item) => textArgument(item))
  const problem = `${method} first arg must be str or a tuple of str, not ${typeName(value)}`
  throw new PythonError('TypeError', problem)
}

/** The part of the text between two bounds as slices have them; undefined when the start lies beyond the end. */
function within(text: string, start: unknown, end: unknown): string | undefined {
  if (start === undefined && end === undefined) return text
  const points = characters(text)
  if (start !== undefined && start !== null && integerArgument(start) > points.length) return undefined
  return new PySlice(start ?? null, end ?? null, null)
    .indices(points.length)
    .map((index) => points[index])
    .join('')
}

function find(text: string, part: unknown, start: unknown, end: unknown, last: boolean): number {
  const sub = textArgument(part)
  const whole = within(text, start, end)
  if (whole === undefined) return -1
  const at = last ? whole.lastIndexOf(sub) : whole.indexOf(sub)
  if (at === -1) return -1
  const index = isPlain(whole) ? at : textLength(whole.slice(0, at))
  const from = start === undefined || start === null ? 0 : integerArgument(start)
  return index + (from < 0 ? Math.max(0, from + textLength(text)) : from)
}

function found(index: number): number {
  if (index === -1) throw new PythonError('ValueError', 'substring not found')
  return index
}
