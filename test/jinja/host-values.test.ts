import { describe, expect, it } from 'vitest'
import { compileTemplate } from '../../src/jinja/compile-template.ts'
import { fromHost, toHost } from '../../src/jinja/values/convert.ts'
import { PyFloat } from '../../src/jinja/values/float.ts'
import { hostFunction } from '../../src/jinja/values/host-function.ts'
import { HostObject, type HostOperator } from '../../src/jinja/values/host-object.ts'

/** A relation prints as SQL and has parts. */
class Relation extends HostObject {
  readonly #identifier: string

  constructor(identifier: string) {
    super()
    this.#identifier = identifier
  }

  override get typeName(): string {
    return 'Relation'
  }

  override getAttribute(name: string): unknown {
    if (name === 'identifier') return this.#identifier
    if (name === 'columns') return ['id', { name: 'x', size: 1.5 }]
    if (name === 'renamed') return hostFunction('renamed', ([to]) => new Relation(String(to)))
    return undefined
  }

  override attributeNames(): Iterable<string> {
    return ['identifier', 'columns', 'renamed']
  }

  override equals(other: unknown): boolean {
    return other instanceof Relation && other.#identifier === this.#identifier
  }

  override toText(): string {
    return `"main"."${this.#identifier}"`
  }
}

/** A date that a number of days can be added to. */
class Day extends HostObject {
  readonly number: number

  constructor(number: number) {
    super()
    this.number = number
  }

  override compare(other: unknown): number | undefined {
    return other instanceof Day ? this.number - other.number : undefined
  }

  override operate(operator: HostOperator, other: unknown): unknown {
    return operator === '+' && typeof other === 'number' ? new Day(this.number + other) : undefined
  }

  override toText(): string {
    return `day ${this.number}`
  }
}

const render = (source: string, context: Record<string, unknown>) =>
  compileTemplate(source, { file: 'h.sql' }).render(context)

describe('host objects', () => {
  const orders = new Relation('orders')

  it('print as they say', () => {
    expect(
      render('from {{ r }} {{ [r] }} {{ r ~ "" }} {{ "%s" % r }} {{ "{}".format(r) }} {{ r|upper }}', {
        r: orders,
      }),
    ).toBe(
      'from "main"."orders" ["main"."orders"] "main"."orders" "main"."orders" "main"."orders" "MAIN"."ORDERS"',
    )
  })

  it('have attributes and methods, converted', () => {
    expect(
      render(
        '{{ r.identifier }} {{ r.columns[1].size }} {{ r["identifier"] }} {{ r.renamed("x").identifier }}',
        { r: orders },
      ),
    ).toBe('orders 1.5 orders x')
    expect(render('{{ r.nope is defined }} {{ [r]|map(attribute="identifier")|list }}', { r: orders })).toBe(
      "False ['orders']",
    )
  })

  it('suggest attributes', () => {
    expect(() => render('{{ r.identifer.x }}', { r: orders })).toThrowError(
      expect.objectContaining({
        message: "'Relation object' has no attribute 'identifer'",
        hint: "Did you mean 'identifier'?",
      }),
    )
  })

  it('compare, and answer operators', () => {
    expect(
      render('{{ a == b }} {{ a in [b] }} {{ a != c }}', { a: orders, b: new Relation('orders'), c: 1 }),
    ).toBe('True True True')
    expect(
      render('{{ a + 1 }} {{ a < b }} {{ [b, a]|sort }} {{ a < 1 if false }}', {
        a: new Day(1),
        b: new Day(3),
      }),
    ).toBe('day 2 True [day 1, day 3] ')
    expect(() => render('{{ a - 1 }}', { a: new Day(1) })).toThrowError(
      expect.objectContaining({ code: 'WW2005' }),
    )
  })
})

describe('conversion', () => {
  it('keeps what a context value is through a rendering', () => {
    const context = {
      list: [1, { a: 1 }],
      map: new Map([['k', 1]]),
      absent: undefined,
      half: 0.5,
      big: 2n ** 70n,
    }
    expect(
      render(
        '{% do list.append(3) %}{% do map.update(z=2) %}{{ list }} {{ map }} {{ half }} {{ big }} {{ absent is defined }}',
        context,
      ),
    ).toBe("[1, {'a': 1}, 3] {'k': 1, 'z': 2} 0.5 1180591620717411303424 False")
  })

  it('goes there and back', () => {
    const value = { a: [1, 2.5, 'x', null, true], b: { c: [] } }
    expect(toHost(fromHost(value))).toEqual(value)
  })

  it('tells ints from floats', () => {
    expect(render('{{ a }} {{ b }} {{ a is integer }} {{ b is float }}', { a: 1, b: new PyFloat(1) })).toBe(
      '1 1.0 True True',
    )
  })

  it('takes contexts that compute their names', () => {
    const asked: string[] = []
    const context = {
      get(name: string) {
        asked.push(name)
        return name === 'x' ? 5 : undefined
      },
    }
    expect(compileTemplate('{{ x }}{{ x }}{{ y }}', { file: 'a' }).render(context)).toBe('55')
    expect(asked).toEqual(['x', 'y'])
  })

  it('hands functions positional and keyword arguments', () => {
    const calls: unknown[] = []
    const config = hostFunction('config', (args, kwargs) => {
      calls.push([
        args.map(toHost),
        Object.fromEntries(Object.entries(kwargs).map(([k, v]) => [k, toHost(v)])),
      ])
    })
    expect(render("{{ config('a', *[1], materialized='table', **{'tags': ['x']}) }}", { config })).toBe(
      'None',
    )
    expect(calls).toEqual([[['a', 1], { materialized: 'table', tags: ['x'] }]])
  })
})
