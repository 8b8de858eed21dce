import { Refusal } from './refusal.ts'

const MICROSECONDS_PER_SECOND = 1_000_000

/** A moment or a span, in microseconds; a moment has no zone, as Python's have none. */
interface Time {
  readonly kind: 'moment' | 'span'
  readonly microseconds: number
}

type Operand = number | Time

/**
 * The kwargs with every `{"$PARAMETER": expression}` in its place filled in: the value of a parameter, or what an expression of
 * parameters, numbers, `now()`, `datetime(…)`, `timedelta(…)` and arithmetic comes to. `now` is the run's clock. A Refusal for what has
 * no value.
 */
export function withParameters(
  kwargs: Readonly<Record<string, unknown>>,
  parameters: Readonly<Record<string, unknown>>,
  now: string,
): Readonly<Record<string, unknown>> {
  const filled = Object.entries(kwargs).map(([key, value]) => {
    if (typeof value !== 'object' || value === null || !('$PARAMETER' in value)) return [key, value]
    const expression = String(value.$PARAMETER)
    const given: unknown = Object.entries(value).find(([name]) => name === `$PARAMETER.${expression}`)?.[1]
    return [key, given ?? parameterValue(expression, parameters, now)]
  })
  return Object.fromEntries(filled)
}

function parameterValue(
  expression: string,
  parameters: Readonly<Record<string, unknown>>,
  now: string,
): unknown {
  if (/^[A-Za-z][\w$]*$/.test(expression)) {
    if (Object.hasOwn(parameters, expression)) return parameters[expression]
    throw new Refusal(`No value found for $PARAMETER ${expression}`)
  }
  const result = new Expression(expression, parameters, now).value()
  if (typeof result === 'number') return result
  if (result.kind === 'span') throw new Refusal(`$PARAMETER ${expression} is a span of time, not a value`)
  return isoText(result.microseconds)
}

function isoText(microseconds: number): string {
  const seconds = Math.floor(microseconds / MICROSECONDS_PER_SECOND)
  const fraction = microseconds - seconds * MICROSECONDS_PER_SECOND
  const whole = new Date(seconds * 1000).toISOString().slice(0, 19)
  return fraction === 0 ? whole : `${whole}.${String(fraction).padStart(6, '0')}`
}

const SPANS: Readonly<Record<string, number>> = {
  weeks: 604_800,
  days: 86_400,
  hours: 3600,
  minutes: 60,
  seconds: 1,
  milliseconds: 1e-3,
  microseconds: 1e-6,
}
const FUNCTIONS: Readonly<Record<string, (value: number) => number>> = {
  abs: Math.abs,
  trunc: Math.trunc,
  round: roundHalfEven,
  sgn: Math.sign,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  exp: Math.exp,
}

/** As Python rounds. */
function roundHalfEven(value: number): number {
  const below = Math.floor(value)
  return value - below === 0.5 ? below + (below % 2 === 0 ? 0 : 1) : Math.round(value)
}

/** An expression by descent: sums of products of powers. */
class Expression {
  readonly #text: string
  readonly #tokens: readonly string[]
  readonly #parameters: Readonly<Record<string, unknown>>
  readonly #now: string
  #at = 0

  constructor(text: string, parameters: Readonly<Record<string, unknown>>, now: string) {
    this.#text = text
    this.#tokens = text.match(/\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+|[A-Za-z_][\w$]*|[-+*/^(),=]|\S/g) ?? []
    this.#parameters = parameters
    this.#now = now
  }

  value(): Operand {
    const value = this.#sum()
    return this.#at === this.#tokens.length ? value : this.#stuck()
  }

  #sum(): Operand {
    let value = this.#product()
    for (;;) {
      if (this.#take('+')) value = this.#add(value, this.#product(), 1)
      else if (this.#take('-')) value = this.#add(value, this.#product(), -1)
      else return value
    }
  }

  #product(): Operand {
    let value = this.#power()
    for (;;) {
      if (this.#take('*')) value = this.#scale(value, this.#power(), (a, b) => a * b)
      else if (this.#take('/')) value = this.#scale(value, this.#number(this.#power()), (a, b) => a / b)
      else return value
    }
  }

  #power(): Operand {
    const base = this.#atom()
    return this.#take('^') ? this.#number(base) ** this.#number(this.#power()) : base
  }

  #atom(): Operand {
    if (this.#take('+')) return this.#atom()
    if (this.#take('-')) return this.#scale(-1, this.#atom(), (a, b) => a * b)
    if (this.#take('(')) {
      const inner = this.#sum()
      return this.#take(')') ? inner : this.#stuck()
    }
    const token = this.#tokens[this.#at++] ?? this.#stuck()
    if (/^[\d.]/.test(token)) return Number(token)
    if (!/^[A-Za-z_]/.test(token)) return this.#stuck()
    if (this.#take('(')) return this.#call(token)
    if (/^pi$/i.test(token)) return Math.PI
    if (/^e$/i.test(token)) return Math.E
    const given = this.#parameters[token]
    if (typeof given === 'number') return given
    const moment = typeof given === 'string' ? Date.parse(zoned(given)) : Number.NaN
    if (!Number.isNaN(moment)) return { kind: 'moment', microseconds: moment * 1000 }
    throw new Refusal(`No value found for $PARAMETER ${token}`)
  }

  #call(name: string): Operand {
    const named = new Map<string, number>()
    const values: Operand[] = []
    while (!this.#take(')')) {
      if ((values.length > 0 || named.size > 0) && !this.#take(',')) return this.#stuck()
      if (this.#tokens[this.#at + 1] === '=') {
        const key = this.#tokens[this.#at]!
        this.#at += 2
        named.set(key, this.#number(this.#sum()))
      } else values.push(this.#sum())
    }
    if (name === 'now' && values.length === 0)
      return { kind: 'moment', microseconds: Date.parse(this.#now) * 1000 }
    if (name === 'timedelta')
      return span(
        named,
        values.map((value) => this.#number(value)),
        () => this.#stuck(),
      )
    if (name === 'datetime') {
      const [year = 1970, month = 1, day = 1, ...clock] = values.map((value) => this.#number(value))
      const part = (key: string, value: number) => named.get(key) ?? value
      const time = ['hour', 'minute', 'second'].map((key, index) => part(key, clock[index] ?? 0))
      const [hour = 0, minute = 0, second = 0] = time
      const date = [part('year', year), part('month', month) - 1, part('day', day)] as const
      return { kind: 'moment', microseconds: Date.UTC(...date, hour, minute, second) * 1000 }
    }
    const apply = FUNCTIONS[name]
    const [only, ...more] = values
    if (!apply || only === undefined || more.length > 0) return this.#stuck()
    return apply(this.#number(only))
  }

  #add(left: Operand, right: Operand, sign: 1 | -1): Operand {
    if (typeof left === 'number' && typeof right === 'number') return left + sign * right
    if (typeof left === 'number' || typeof right === 'number') return this.#stuck()
    const microseconds = left.microseconds + sign * right.microseconds
    if (left.kind === 'moment' && right.kind === 'moment') {
      return sign === -1 ? { kind: 'span', microseconds } : this.#stuck()
    }
    return { kind: left.kind === 'moment' || right.kind === 'moment' ? 'moment' : 'span', microseconds }
  }

  #scale(left: Operand, right: Operand, scale: (a: number, b: number) => number): Operand {
    if (typeof left === 'number' && typeof right === 'number') return scale(left, right)
    if (typeof left !== 'number' && left.kind === 'span' && typeof right === 'number') {
      return { kind: 'span', microseconds: scale(left.microseconds, right) }
    }
    if (typeof right !== 'number' && right.kind === 'span' && typeof left === 'number') {
      return { kind: 'span', microseconds: scale(left, right.microseconds) }
    }
    return this.#stuck()
  }

  #number(value: Operand): number {
    return typeof value === 'number' ? value : this.#stuck()
  }

  #take(token: string): boolean {
    const isThere = this.#tokens[this.#at] === token
    if (isThere) this.#at++
    return isThere
  }

  #stuck(): never {
    throw new Refusal(`$PARAMETER ${this.#text} cannot be evaluated`)
  }
}

function zoned(text: string): string {
  return /(?:Z|[+-]\d\d:?\d\d)$/.test(text) || /^\d{4}-\d\d-\d\d$/.test(text) ? text : `${text}Z`
}

function span(named: ReadonlyMap<string, number>, values: readonly number[], stuck: () => never): Time {
  // By place: timedelta(days, seconds, microseconds, milliseconds, minutes, hours, weeks).
  const order = ['days', 'seconds', 'microseconds', 'milliseconds', 'minutes', 'hours', 'weeks']
  const parts = [...values.map((value, index) => [order[index] ?? '', value] as const), ...named]
  const seconds = parts.reduce((sum, [unit, value]) => sum + value * (SPANS[unit] ?? stuck()), 0)
  return { kind: 'span', microseconds: Math.round(seconds * MICROSECONDS_PER_SECOND) }
}
