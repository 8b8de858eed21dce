import { describe, expect, it } from 'vitest'
import { compileTemplate } from '../../src/jinja/compile-template.ts'
import { returnFunction } from '../../src/jinja/runtime/return-function.ts'
import { hostFunction } from '../../src/jinja/values/host-function.ts'
import { HostObject } from '../../src/jinja/values/host-object.ts'

const library = compileTemplate(
  `{% macro greet(name) %}{{ greeting }} {{ name }}{% endmacro %}
{% macro both(a, b) %}{{ greet(a) }}, {{ greet(b) }}{% endmacro %}
{% macro columns() %}{% do return(['a', 'b']) %}{% endmacro %}
{% macro wrapped() %}[{{ caller() }}]{% endmacro %}
{% macro early() %}{{ wrapped_return() }}never{% endmacro %}`,
  { file: 'macros/library.sql' },
)

/** A package's macros as one name, found when asked for. */
class Package extends HostObject {
  override getAttribute(name: string): unknown {
    return library.macros.get(name)
  }

  override toText(): string {
    return '<package>'
  }
}

describe('macros of another template', () => {
  const context = { ...Object.fromEntries(library.macros), greeting: 'hi', return: returnFunction }
  const render = (source: string, more: Record<string, unknown> = {}) =>
    compileTemplate(source, { file: 'models/a.sql' }).render({ ...context, ...more })

  it('see the names of the rendering that calls them', () => {
    expect(render("{{ greet('Ann') }}")).toBe('hi Ann')
    expect(render("{{ greet('Ann') }}", { greeting: 'ho' })).toBe('ho Ann')
  })

  it('find each other, but the context goes first', () => {
    expect(
      compileTemplate("{{ both('A', 'B') }}", { file: 'a' }).render({
        both: library.macros.get('both'),
        greeting: 'x',
      }),
    ).toBe('x A, x B')
    const greet = hostFunction('greet', ([name]) => `<${name}>`)
    expect(render("{{ both('A', 'B') }}", { greet })).toBe('<A>, <B>')
  })

  it('are reached through host objects and functions', () => {
    expect(render("{{ utils.greet('Ann') }}{{ utils['greet']('Bo') }}", { utils: new Package() })).toBe(
      'hi Annhi Bo',
    )
    const dispatch = hostFunction('dispatch', ([name]) => library.macros.get(String(name)))
    expect(render("{{ dispatch('greet')('Ann') }}", { dispatch })).toBe('hi Ann')
  })

  it('give values by return, also to a for', () => {
    expect(render('{% for c in columns() %}{{ c }};{% endfor %}{{ columns()|length }}')).toBe('a;b;2')
  })

  it('are told of where the template itself calls them, not where they call one another', async () => {
    const told = async (source: string) => {
      const names: string[] = []
      const given = { ...context, wait: hostFunction('wait', async () => 'waited') }
      await compileTemplate(source, { file: 'models/a.sql' }).renderAsync({
        get: (name) => (Object.hasOwn(given, name) ? given[name as keyof typeof given] : undefined),
        called: ({ name }) => names.push(name),
      })
      return names
    }
    expect(await told("{{ both('A', 'B') }}{{ greet('C') }}")).toEqual(['both', 'greet'])
    expect(await told("{% if false %}{{ greet('C') }}{% endif %}")).toEqual([])
    expect(
      await told("{% call wrapped() %}{{ wait() }}{{ greet('C') }}{% endcall %}{{ columns() }}"),
    ).toEqual(['wrapped', 'columns'])
    expect(await told("{% macro own() %}{{ greet('C') }}{% endmacro %}{{ own() }}")).toEqual(['greet'])
  })

  it('take call blocks', () => {
    expect(render("{% call wrapped() %}{{ greet('x') }}{% endcall %}")).toBe('[hi x]')
  })

  it('end at a return in the body of a call block that they run', () => {
    expect(render('{% call wrapped() %}a{% do return(5) %}{% endcall %}|{{ 1 }}')).toBe('5|1')
  })

  it('are called from outside of any template', async () => {
    expect(library.call('columns', { return: returnFunction })).toEqual(['a', 'b'])
    expect(library.call('greet', { greeting: 'yo' }, [], { name: 'Z' })).toBe('yo Z')
    const greeting = 'later'
    expect(await library.callAsync('greet', { greeting }, ['Q'])).toBe('later Q')
  })

  it('say which macros an error left', () => {
    const source =
      '{% macro inner() %}{{ nothing.at.all }}{% endmacro %}\n{% macro outer() %}{{ inner() }}{% endmacro %}\n\n{{ outer() }}'
    expect(() => compileTemplate(source, { file: 'm.sql' }).render()).toThrowError(
      expect.objectContaining({
        code: 'WW2002',
        location: expect.objectContaining({ line: 1, column: 31 }),
        hint: "in macro 'inner', called at m.sql:2:23\nin macro 'outer', called at m.sql:4:4",
      }),
    )
  })

  it('refuse a return outside of any macro', () => {
    expect(() => render('{{ return(1) }}')).toThrowError(expect.objectContaining({ code: 'WW2011' }))
  })
})
