import type { Target } from '../ast/assignment.ts'
import type { TokenStream } from './token-stream.ts'

const reserved: ReadonlySet<string> = new Set(['true', 'false', 'none', 'True', 'False', 'None'])

/** Whether a name stands for a constant and cannot be assigned. */
export function isReservedName(name: string): boolean {
  return reserved.has(name)
}

/** One name, several with commas (nested in parentheses at will), or `namespace.attribute` where allowed. */
export function parseTarget(stream: TokenStream, options: { namespaces: boolean }): Target {
  const at = stream.current.start
  const items: Target[] = []
  let isTuple = false
  for (;;) {
    if (items.length > 0) stream.expect('operator', ',')
    if (targetEnds(stream)) break
    items.push(parseOne(stream, options))
    if (!stream.is('operator', ',')) break
    isTuple = true
  }
  const [only] = items
  if (!isTuple && only) return only
  if (!isTuple) throw stream.unexpected('a name to assign to')
  return { kind: 'tuple', at, items }
}

function parseOne(stream: TokenStream, options: { namespaces: boolean }): Target {
  const at = stream.current.start
  if (stream.skip('operator', '(')) {
    const inner = parseTarget(stream, options)
    stream.expect('operator', ')')
    return inner
  }
  const name = stream.expect('name').value
  if (isReservedName(name)) throw stream.error(`'${name}' cannot be assigned to`, undefined, at)
  if (options.namespaces && stream.skip('operator', '.')) {
    return { kind: 'namespace', at, name, attribute: stream.expect('name').value }
  }
  return { kind: 'name', at, name }
}

function targetEnds(stream: TokenStream): boolean {
  return (
    stream.is('block_end') || stream.is('operator', ')') || stream.is('operator', '=') || stream.isName('in')
  )
}
