import { describe, expect, it } from 'vitest'
import { compileTemplate } from '../../src/jinja/compile-template.ts'

const render = (text: string, forgives: boolean) =>
  compileTemplate(text, { file: 'x.sql' }).render({
    get: (name) => ({ nothing: null, dict: { a: 1 } })[name],
    forgives,
  })

describe('what is undefined', () => {
  it.each([
    '{{ missing.a.b }}',
    "{{ missing('x').y[0] }}",
    '{{ nothing.columns[0].values() }}',
    '{{ dict.b.c() }}',
    "{{ dict['b']['c'] }}",
    '{% macro m() %}{{ missing.a() }}{% endmacro %}{{ m() }}',
  ])('forgives where the context does: %s', (text) => {
    expect(render(text, true)).toBe('')
    expect(() => render(text, false)).toThrowError(expect.objectContaining({ code: 'WW2002' }))
  })

  it('forgives in another template that it is given to', () => {
    const { macros } = compileTemplate('{% macro name(of) %}{{ of.name.first }}{% endmacro %}', {
      file: 'lib.sql',
    })
    const render = (forgives: boolean) =>
      compileTemplate('{{ name(missing) }}', { file: 'x.sql' }).render({
        get: (name) => (name === 'name' ? macros.get('name') : undefined),
        forgives,
      })
    expect(render(true)).toBe('')
    expect(() => render(false)).toThrowError(expect.objectContaining({ code: 'WW2002' }))
  })

  it('is undefined all the same, and no value to reckon with', () => {
    expect(
      render('{{ missing.a is defined }} {{ missing.a or 1 }} {{ dict.a }} {{ dict.keys() | list }}', true),
    ).toBe("False 1 1 ['a']")
    expect(() => render('{{ missing.a + 1 }}', true)).toThrowError(
      expect.objectContaining({ code: 'WW2002' }),
    )
  })
})
