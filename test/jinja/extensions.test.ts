import { describe, expect, it } from 'vitest'
import { compileTemplate } from '../../src/jinja/compile-template.ts'
import type { BlockExtension } from '../../src/jinja/syntax/block-extension.ts'
import type { TemplateExtensions } from '../../src/jinja/template-kind.ts'
import { toHost } from '../../src/jinja/values/convert.ts'

/** As dbt has them: `test name(a, b)`, `materialization name, adapter='x', supported_languages=[…]`, `docs name`. */
const test: BlockExtension = {
  tag: 'test',
  body: 'macro',
  readHeading(header) {
    const name = header.name()
    return { name, macroName: `test_${name}`, parameters: header.parameters() }
  },
}
const materialization: BlockExtension = {
  tag: 'materialization',
  body: 'macro',
  readHeading(header) {
    const name = header.name()
    const options: Record<string, unknown> = { adapter: 'default' }
    while (header.skip(',')) {
      if (header.skip('default')) continue
      const option = header.name()
      header.expect('=')
      options[option] = header.constant()
    }
    return { name, macroName: `materialization_${name}_${String(options['adapter'])}`, options }
  },
}
const docs: BlockExtension = { tag: 'docs', body: 'raw', readHeading: (header) => ({ name: header.name() }) }
const extensions: TemplateExtensions = {
  blocks: [test, materialization, docs],
  filters: { shout: (value) => `${String(value)}!` },
  tests: { tiny: (value) => typeof value === 'number' && value < 3 },
  globals: { version: '1.0' },
}
const compile = (source: string) => compileTemplate(source, { file: 'x.sql', extensions })

describe('registered blocks', () => {
  it('with a macro body print nothing and can be called', () => {
    const template = compile(
      'a{% test positive(model, column) %}from {{ model }} where {{ column }} < 0{% endtest %}b',
    )
    expect(template.render()).toBe('ab')
    expect(template.call('test_positive', {}, ['t'], { column: 'c' })).toBe('from t where c < 0')
    expect(template.blocks).toMatchObject([
      {
        tag: 'test',
        name: 'positive',
        body: 'from {{ model }} where {{ column }} < 0',
        source: '{% test positive(model, column) %}from {{ model }} where {{ column }} < 0{% endtest %}',
        location: { line: 1, column: 5 },
      },
    ])
  })

  it('read their headers as they like', () => {
    const template = compile(
      "{% materialization view, adapter='duckdb', supported_languages=['sql', 'python'] -%} x {%- endmaterialization %}",
    )
    expect(template.macros.has('materialization_view_duckdb')).toBe(true)
    const [block] = template.blocks
    expect(toHost(block?.options['supported_languages'])).toEqual(['sql', 'python'])
    expect(template.call('materialization_view_duckdb', {})).toBe('x')
  })

  it('with a raw body keep it as written, valid Jinja or not', () => {
    const template = compile('{% docs orders -%}\n# {{ unclosed and {% if %} "quotes\n{%- enddocs %}tail')
    expect(template.blocks[0]).toMatchObject({ name: 'orders', body: '# {{ unclosed and {% if %} "quotes' })
    expect(template.render()).toBe('tail')
  })

  it('say when they are not closed', () => {
    expect(() => compile('{% docs a %} x')).toThrowError(
      expect.objectContaining({ code: 'WW2001', hint: 'End it with `{% enddocs %}`.' }),
    )
    expect(() => compile('{% test a() %} x')).toThrowError(expect.objectContaining({ code: 'WW2001' }))
  })

  it('exist only where they are registered', () => {
    expect(() => compileTemplate('{% test a() %}{% endtest %}', { file: 'x.sql' })).toThrowError(
      expect.objectContaining({ code: 'WW2010' }),
    )
  })
})

it('adds filters, tests and globals', () => {
  expect(
    compile("{{ 'a'|shout }} {{ 1 is tiny }} {{ [1, 5]|select('tiny')|list }} {{ version }}").render(),
  ).toBe('a! True [1] 1.0')
  expect(compile('{{ version }}').render({ version: 2 })).toBe('2')
})

it('compiles the same text once per file and kind', () => {
  expect(compile('{{ 1 }}')).toBe(compile('{{ 1 }}'))
  expect(compile('{{ 1 }}')).not.toBe(compileTemplate('{{ 1 }}', { file: 'x.sql' }))
  expect(compile('{{ 1 }}')).not.toBe(compileTemplate('{{ 1 }}', { file: 'y.sql', extensions }))
})
