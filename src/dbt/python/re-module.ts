import { fromHost } from '../../jinja/values/convert.ts'
import { PyDict } from '../../jinja/values/dict.ts'
import { hostFunction } from '../../jinja/values/host-function.ts'
import { HostObject } from '../../jinja/values/host-object.ts'
import { asInteger } from '../../jinja/values/number.ts'
import { PythonError } from '../../jinja/values/python-error.ts'
import { Signature } from '../../jinja/values/signature.ts'
import { textOf } from '../../jinja/values/text.ts'
import { PyTuple } from '../../jinja/values/tuple.ts'
import { flagValues, regularExpression } from './regular-expression.ts'

type Match = RegExpExecArray

/** What a pattern does with a text, the same as functions of the module and as methods of a compiled pattern. */
const actions: Readonly<
  Record<
    string,
    { readonly parameters: readonly string[]; run(re: RegExp, ...rest: readonly unknown[]): unknown }
  >
> = {
  search: { parameters: ['string'], run: (re, text) => matchOf(first(re, string(text))) },
  match: { parameters: ['string'], run: (re, text) => matchOf(first(sticky(re), string(text))) },
  fullmatch: {
    parameters: ['string'],
    run: (re, text) => {
      const whole = new RegExp(`(?:${re.source})(?![\\s\\S])`, `${re.flags}y`)
      return matchOf(first(whole, string(text)))
    },
  },
  findall: {
    parameters: ['string'],
    run: (re, text) => Array.from(every(re, string(text)), foundItem),
  },
  finditer: {
    parameters: ['string'],
    run: (re, text) => Array.from(every(re, string(text)), matchOf),
  },
  split: {
    parameters: ['string', 'maxsplit?'],
    run: (re, text, most) => split(re, string(text), Number(asInteger(most ?? 0) ?? 0)),
  },
  sub: {
    parameters: ['repl', 'string', 'count?'],
    run: (re, replacement, text, count) => replaced(re, replacement, string(text), count).text,
  },
  subn: {
    parameters: ['repl', 'string', 'count?'],
    run: (re, replacement, text, count) => {
      const { text: made, times } = replaced(re, replacement, string(text), count)
      return new PyTuple([made, times])
    },
  },
}

/** `modules.re`. */
export const reModule: Readonly<Record<string, unknown>> = {
  ...Object.fromEntries(
    Object.entries(actions).map(([name, { parameters, run }]) => {
      const signature = new Signature(name, ['pattern', ...parameters, 'flags?'])
      const made = hostFunction(name, (args, kwargs) => {
        const values = [...signature.bind(args, kwargs)]
        const flags = values.pop()
        return run(patternOf(values[0], flags), ...values.slice(1))
      })
      return [name, made] as const
    }),
  ),
  compile: hostFunction('compile', (args, kwargs) => {
    const [pattern, flags] = new Signature('compile', ['pattern', 'flags?']).bind(args, kwargs)
    return new Pattern(textOf(pattern), patternOf(pattern, flags))
  }),
  escape: hostFunction('escape', ([text]) =>
    string(text).replace(/[-\\^$*+?.()|[\]{}#&~\s]/g, (character) => `\\${character}`),
  ),
  purge: hostFunction('purge', () => null),
  ...flagValues,
  I: flagValues.IGNORECASE,
  M: flagValues.MULTILINE,
  S: flagValues.DOTALL,
  U: flagValues.UNICODE,
  X: flagValues.VERBOSE,
  A: flagValues.ASCII,
}

class Pattern extends HostObject {
  readonly pattern: string
  readonly expression: RegExp

  constructor(pattern: string, expression: RegExp) {
    super()
    this.pattern = pattern
    this.expression = expression
  }

  override get typeName(): string {
    return 're.Pattern'
  }

  override getAttribute(name: string): unknown {
    if (name === 'pattern') return this.pattern
    if (!Object.hasOwn(actions, name)) return undefined
    const { parameters, run } = actions[name]!
    const signature = new Signature(name, parameters)
    return hostFunction(name, (args, kwargs) => run(this.expression, ...signature.bind(args, kwargs)))
  }

  override attributeNames(): Iterable<string> {
    return ['pattern', ...Object.keys(actions)]
  }

  override toText(): string {
    return `re.compile(${JSON.stringify(this.pattern)})`
  }
}

class MatchValue extends HostObject {
  readonly #match: Match

  constructor(match: Match) {
    super()
    this.#match = match
  }

  override get typeName(): string {
    return 're.Match'
  }

  override getAttribute(name: string): unknown {
    const match = this.#match
    switch (name) {
      case 'group':
        return hostFunction(name, (args) => {
          if (args.length <= 1) return this.#group(args[0] ?? 0)
          return new PyTuple(args.map((arg) => this.#group(arg)))
        })
      case 'groups':
        return hostFunction(name, ([fallback = null]) => {
          return new PyTuple(match.slice(1).map((text) => text ?? fallback))
        })
      case 'groupdict':
        return hostFunction(name, ([fallback = null]) => {
          const groups = Object.entries(match.groups ?? {})
          return PyDict.of(groups.map(([key, text]) => [key, text ?? fallback]))
        })
      case 'start':
      case 'end':
        return hostFunction(name, ([group = 0]) => this.#span(group)[name === 'start' ? 0 : 1])
      case 'span':
        return hostFunction(name, ([group = 0]) => new PyTuple(this.#span(group)))
      case 'string':
        return match.input
      case 'lastindex':
        return match.findLastIndex((text, index) => index > 0 && text !== undefined)
      default:
        return undefined
    }
  }

  override getItem(key: unknown): unknown {
    return this.#group(key)
  }

  override attributeNames(): Iterable<string> {
    return ['group', 'groups', 'groupdict', 'start', 'end', 'span', 'string']
  }

  override toText(): string {
    const [start, end] = this.#span(0)
    return `<re.Match object; span=(${start}, ${end}), match='${this.#match[0]}'>`
  }

  #group(key: unknown): unknown {
    const groups = this.#match.groups ?? {}
    if (typeof key === 'string') {
      if (!Object.hasOwn(groups, key)) throw new PythonError('IndexError', 'no such group')
      return groups[key] ?? null
    }
    const index = Number(asInteger(key) ?? -1)
    if (index < 0 || index >= this.#match.length) throw new PythonError('IndexError', 'no such group')
    return this.#match[index] ?? null
  }

  #span(key: unknown): readonly [number, number] {
    const { indices } = this.#match
    const span = typeof key === 'string' ? indices?.groups?.[key] : indices?.[Number(asInteger(key) ?? 0)]
    return span ?? [-1, -1]
  }
}

function patternOf(pattern: unknown, flags: unknown): RegExp {
  if (pattern instanceof Pattern) return pattern.expression
  return regularExpression(string(pattern), Number(asInteger(flags ?? 0) ?? 0))
}

function string(value: unknown): string {
  if (typeof value === 'string') return value
  throw new PythonError('TypeError', 'expected string or bytes-like object')
}

function first(re: RegExp, text: string): Match | null {
  re.lastIndex = 0
  return re.exec(text)
}

/** From the beginning, wherever an earlier search with the same expression ended. */
function every(re: RegExp, text: string): Iterable<Match> {
  re.lastIndex = 0
  return text.matchAll(re)
}

function sticky(re: RegExp): RegExp {
  return new RegExp(re.source, `${re.flags.replace('g', '')}y`)
}

function matchOf(match: Match | null): MatchValue | null {
  return match && new MatchValue(match)
}

function foundItem(match: Match): unknown {
  if (match.length === 1) return match[0]
  const groups = match.slice(1).map((text) => text ?? '')
  return groups.length === 1 ? groups[0] : new PyTuple(groups)
}

function split(re: RegExp, text: string, most: number): unknown[] {
  const pieces: unknown[] = []
  let at = 0
  for (const match of every(re, text)) {
    if (most > 0 && pieces.length >= most) break
    pieces.push(text.slice(at, match.index), ...match.slice(1).map((group) => group ?? null))
    at = match.index + match[0].length
  }
  return [...pieces, text.slice(at)]
}

function replaced(
  re: RegExp,
  replacement: unknown,
  text: string,
  count: unknown,
): { readonly text: string; readonly times: number } {
  const most = Number(asInteger(count ?? 0) ?? 0)
  let made = ''
  let at = 0
  let times = 0
  for (const match of every(re, text)) {
    if (most > 0 && times >= most) break
    times++
    made += text.slice(at, match.index) + replacementText(replacement, match)
    at = match.index + match[0].length
  }
  return { text: made + text.slice(at), times }
}

function replacementText(replacement: unknown, match: Match): string {
  if (replacement instanceof HostObject && replacement.call) {
    return textOf(fromHost(replacement.call([new MatchValue(match)], {})))
  }
  return string(replacement).replace(
    /\\(?:g<(\w+)>|(\d{1,2})|(.))/gs,
    (_, named?: string, numbered?: string, other?: string) => {
      const key = named ?? numbered
      if (key !== undefined) return (/^\d+$/.test(key) ? match[Number(key)] : match.groups?.[key]) ?? ''
      return other === 'n' ? '\n' : other === 't' ? '\t' : other === '\\' ? '\\' : `\\${other}`
    },
  )
}
