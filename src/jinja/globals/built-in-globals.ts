import { pairsOf } from '../methods/dict-methods.ts'
import { integerArgument } from '../values/argument.ts'
import { PyDict } from '../values/dict.ts'
import { hostFunction } from '../values/host-function.ts'
import { PythonError } from '../values/python-error.ts'
import { PyRange } from '../values/range.ts'
import { Signature } from '../values/signature.ts'
import { Cycler, Joiner } from './cycler.ts'
import { Namespace } from './namespace.ts'

/** The longest range Jinja2's sandbox allows. */
const longestRange = 100_000

const joinerSignature = new Signature('joiner', ['sep?'])
const cyclerSignature = new Signature('cycler', ['*items'])
const dictSignature = new Signature('dict', ['other?', '**kwargs'])

/** The names every template knows: range, dict, namespace, cycler and joiner. */
export const builtInGlobals: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['range', hostFunction('range', range)],
  ['dict', hostFunction('dict', (args, kwargs) => dict(dictSignature.bind(args, kwargs)))],
  [
    'namespace',
    hostFunction('namespace', (args, kwargs) => new Namespace(dict(dictSignature.bind(args, kwargs)))),
  ],
  [
    'cycler',
    hostFunction(
      'cycler',
      (args, kwargs) => new Cycler(cyclerSignature.bind(args, kwargs)[0] as readonly unknown[]),
    ),
  ],
  [
    'joiner',
    hostFunction('joiner', (args, kwargs) => {
      const [separator = ', '] = joinerSignature.bind(args, kwargs)
      return new Joiner(separator)
    }),
  ],
])

function range(args: readonly unknown[]): PyRange {
  if (args.length < 1 || args.length > 3) {
    throw new PythonError('TypeError', `range expected 1 to 3 arguments, got ${args.length}`)
  }
  const [first, second, third] = args.map((argument) => integerArgument(argument))
  if (third === 0) throw new PythonError('ValueError', 'range() arg 3 must not be zero')
  const made = new PyRange(second === undefined ? 0 : first!, second ?? first!, third ?? 1)
  if (made.length > longestRange) {
    throw new PythonError('LimitError', `the range is too long: at most ${longestRange} items`)
  }
  return made
}

function dict([other, kwargs]: readonly unknown[]): PyDict {
  const pairs = other === undefined ? [] : pairsOf(other)
  return PyDict.of([...pairs, ...Object.entries(kwargs as Record<string, unknown>)])
}
