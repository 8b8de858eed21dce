import { isLower, isUpper } from '../methods/string-tests.ts'
import type { Test } from '../runtime/registry.ts'
import { binary } from '../values/arithmetic.ts'
import { contains } from '../values/contains.ts'
import { PyDict } from '../values/dict.ts'
import { isEqual } from '../values/equality.ts'
import { PyFloat } from '../values/float.ts'
import { HostObject } from '../values/host-object.ts'
import { tryIterate } from '../values/iterate.ts'
import { asNumeric } from '../values/number.ts'
import { inOrder } from '../values/order.ts'
import { PyRange } from '../values/range.ts'
import { Signature } from '../values/signature.ts'
import { knownSize } from '../values/size.ts'
import { textOf } from '../values/text.ts'
import { PyTuple } from '../values/tuple.ts'
import { Undefined } from '../values/undefined.ts'

const tests = new Map<string, Test>()

function add(
  names: string | readonly string[],
  parameters: readonly string[],
  run: (value: unknown, ...args: readonly unknown[]) => boolean,
): void {
  for (const name of [names].flat()) {
    const signature = new Signature(name, parameters)
    tests.set(name, (value, args, kwargs) => run(value, ...signature.bind(args, kwargs)))
  }
}

add('defined', [], (value) => !(value instanceof Undefined))
add('undefined', [], (value) => value instanceof Undefined)
add('none', [], (value) => value === null)
add('true', [], (value) => value === true)
add('false', [], (value) => value === false)
add('boolean', [], (value) => typeof value === 'boolean')
add('integer', [], (value) => typeof value === 'number' || typeof value === 'bigint')
add('float', [], (value) => value instanceof PyFloat)
add(
  'number',
  [],
  (value) => asNumeric(value) !== undefined || (value instanceof HostObject && value.isNumber()),
)
add('string', [], (value) => typeof value === 'string')
add('mapping', [], (value) => value instanceof PyDict || (value instanceof HostObject && value.isMapping()))
add('iterable', [], (value) => tryIterate(value) !== undefined)
add('sequence', [], isSequence)
add('callable', [], isCallable)
add('sameas', ['other'], isSame)
add('escaped', [], () => false)
add('lower', [], (value) => isLower(textOf(value)))
add('upper', [], (value) => isUpper(textOf(value)))
add('odd', [], (value) => isEqual(binary('%', value, 2), 1))
add('even', [], (value) => isEqual(binary('%', value, 2), 0))
add('divisibleby', ['num'], (value, divisor) => isEqual(binary('%', value, divisor), 0))
add('in', ['seq'], (value, container) => contains(container, value))
add(['eq', 'equalto', '=='], ['other'], isEqual)
add(['ne', '!='], ['other'], (value, other) => !isEqual(value, other))
add(['lt', 'lessthan', '<'], ['other'], (value, other) => inOrder('<', value, other))
add(['le', '<='], ['other'], (value, other) => inOrder('<=', value, other))
add(['gt', 'greaterthan', '>'], ['other'], (value, other) => inOrder('>', value, other))
add(['ge', '>='], ['other'], (value, other) => inOrder('>=', value, other))
tests.set('filter', (value, _args, _kwargs, registry) => registry.filters.has(textOf(value)))
tests.set('test', (value, _args, _kwargs, registry) => registry.tests.has(textOf(value)))

/** All of Jinja2's tests. */
export const builtInTests: ReadonlyMap<string, Test> = tests

/** Jinja2 takes for a sequence what has a length and items: dicts and undefined values too, sets not. */
function isSequence(value: unknown): boolean {
  if (value instanceof PyDict || value instanceof PyTuple || value instanceof PyRange) return true
  if (value instanceof HostObject) return value.size !== undefined && value.iterate !== undefined
  return (
    typeof value === 'string' ||
    Array.isArray(value) ||
    (value instanceof Undefined && knownSize(value) === 0)
  )
}

function isCallable(value: unknown): boolean {
  return value instanceof Undefined || (value instanceof HostObject && value.call !== undefined)
}

/** Python's `is`: the same object. Equal ints and strings count as the same, as CPython's small ones are. */
function isSame(value: unknown, other: unknown): boolean {
  return value === other
}
