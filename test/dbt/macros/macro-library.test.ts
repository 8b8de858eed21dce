import { describe, expect, it } from 'vitest'
import { MacroLibrary, type MacroPackage } from '../../../src/dbt/macros/macro-library.ts'
import { scanBlocks } from '../../../src/dbt/macros/scan-blocks.ts'
import { Diagnostics } from '../../../src/errors/diagnostics.ts'

const macro = (name: string) => `{% macro ${name}() %}${name}{% endmacro %}`
const library = (packages: Readonly<Record<string, readonly string[]>>, dispatch?: readonly string[]) =>
  new MacroLibrary(
    Object.entries(packages).map(
      ([name, macros]): MacroPackage => ({
        name,
        files: macros.map((text) => ({ path: `${name}/${text.length}.sql`, text })),
      }),
    ),
    {
      rootPackage: 'shop',
      adapter: 'duckdb',
      ...(dispatch && { dispatch: [{ macro_namespace: 'tools', search_order: dispatch }] }),
    },
  )

describe('scanBlocks', () => {
  it('finds what stands at the top level, and steps over comments and raw blocks', () => {
    const text = `{# {% macro no() %} #}{% raw %}{% macro no() %}{% endraw %}
{%- macro outer(a, b='%}') -%}{% macro inner() %}x{% endmacro %}{# {% endmacro %} #}{%- endmacro -%}
{% test positive(model) %}{% endtest %}{% data_test negative(model) %}{% enddata_test %}
{% materialization pile, adapter="duckdb", supported_languages=['sql'] %}{% endmaterialization %}
{% materialization pile, default %}{% endmaterialization %}
{% docs note %}{% macro no() %}{% enddocs %}{% snapshot s %}select 1{% endsnapshot %}{% macro open() %}`
    const found = scanBlocks(text)
    expect(found.map(({ tag, macroName }) => `${tag} ${macroName}`)).toEqual([
      'macro outer',
      'test test_positive',
      'test test_negative',
      'materialization materialization_pile_duckdb',
      'materialization materialization_pile_default',
      'docs note',
      'snapshot s',
      'macro open',
    ])
    expect(text.slice(found[0]!.start, found[0]!.end)).toMatch(/^\{%- macro outer[\s\S]*\{%- endmacro -%\}$/)
    expect(text.slice(found[0]!.at)).toMatch(/^macro outer/)
  })
})

describe('the source of a macro', () => {
  it('has the white space that its dashes take away, unless the block before took it', () => {
    const text = `{% macro plain() %}a{% endmacro %}

{%- macro first() -%} b {%- endmacro -%}

{%- macro second() -%} c {%- endmacro %}
`
    const sources = [...library({ shop: [text] }).entries()].map(({ source }) => source)
    expect(sources).toEqual([
      '{% macro plain() %}a{% endmacro %}',
      '\n\n{%- macro first() -%} b {%- endmacro -%}\n\n',
      '{%- macro second() -%} c {%- endmacro %}',
    ])
  })
})

describe('a free name', () => {
  const packages = {
    shop: [macro('a'), macro('dbt_utils')],
    tools: [macro('a'), macro('b')],
    other: [macro('b')],
    dbt: [macro('b'), macro('c')],
  }
  const found = (name: string, from: string) => library(packages).find(name, from)?.packageName

  it('is a macro of the package, of the root, then one that is built in', () => {
    expect(found('a', 'tools')).toBe('tools')
    expect(found('a', 'other')).toBe('shop')
    expect(found('b', 'shop')).toBe('dbt')
    expect(found('c', 'tools')).toBe('dbt')
    expect(found('d', 'tools')).toBeUndefined()
  })

  it('alone is looked for in the root package, in those installed, and in what is built in', () => {
    const macros = library({
      dbt: [macro('a'), macro('b'), macro('c')],
      tools: [macro('a'), macro('b')],
      shop: [macro('a')],
    })
    expect(['a', 'b', 'c', 'd'].map((name) => macros.findAnywhere(name)?.uniqueId)).toEqual([
      'macro.shop.a',
      'macro.tools.b',
      'macro.dbt.c',
      undefined,
    ])
  })

  it('is a package before it is a built-in macro', () => {
    expect(library(packages).resolve('tools', 'shop')).toMatchObject({ name: 'tools' })
    expect(library(packages).resolve('dbt_utils', 'shop')).toMatchObject({ name: 'dbt_utils' })
  })
})

describe('dispatch', () => {
  const packages = {
    shop: [macro('default__x'), macro('default__y')],
    tools: [macro('duckdb__x'), macro('default__x'), macro('default__z')],
    patch: [macro('duckdb__z')],
    dbt: [macro('default__x'), macro('duckdb__y')],
  }
  const at = (name: string, namespace?: string, order?: readonly string[]) => {
    const entry = library(packages, order).dispatch(name, namespace, 'shop')
    return `${entry.packageName}.${entry.name}`
  }

  it('looks in the root package, then in the one named; the engine’s version first', () => {
    expect(at('x', 'tools')).toBe('shop.default__x')
    expect(at('z', 'tools')).toBe('tools.default__z')
    expect(at('y', 'dbt')).toBe('shop.default__y')
    expect(at('y')).toBe('dbt.duckdb__y')
  })

  it('follows the project’s own order', () => {
    expect(at('x', 'tools', ['tools', 'shop'])).toBe('tools.duckdb__x')
    expect(at('z', 'tools', ['shop', 'patch', 'tools'])).toBe('patch.duckdb__z')
  })

  it('says where it looked', () => {
    expect(() => at('zz', 'tools')).toThrowError(
      expect.objectContaining({
        code: 'WW2102',
        hint: expect.stringContaining(
          'shop.duckdb__zz, shop.default__zz, tools.duckdb__zz, tools.default__zz',
        ),
      }),
    )
  })
})

describe('a materialization', () => {
  const block = (name: string, adapter?: string) =>
    `{% materialization ${name}, ${adapter ? `adapter='${adapter}'` : 'default'} %}{% endmaterialization %}`
  const of = (packages: Readonly<Record<string, readonly string[]>>, name: string) => {
    const entry = library(packages).findMaterialization(name)
    return entry && `${entry.packageName}.${entry.name}`
  }

  it('is the engine’s before one for any engine, and the root’s before the built-in one', () => {
    const dbt = [block('table'), block('table', 'duckdb'), block('view')]
    expect(of({ shop: [], dbt }, 'table')).toBe('dbt.materialization_table_duckdb')
    expect(of({ shop: [block('table')], dbt }, 'table')).toBe('dbt.materialization_table_duckdb')
    expect(of({ shop: [block('table', 'duckdb')], dbt }, 'table')).toBe('shop.materialization_table_duckdb')
    expect(of({ shop: [block('view')], dbt }, 'view')).toBe('shop.materialization_view_default')
  })

  it('of a package can be new, and cannot replace a built-in one', () => {
    const packages = { shop: [], tools: [block('view'), block('pile')], dbt: [block('view')] }
    expect(of(packages, 'view')).toBe('dbt.materialization_view_default')
    expect(of(packages, 'pile')).toBe('tools.materialization_pile_default')
    expect(of(packages, 'heap')).toBeUndefined()
  })
})

it('overlooks what stands between the macros of a file, and keeps their lines', () => {
  const text =
    '{% https://example.org %}\n{{ nothing(\n{% macro one() %}{{ missing.x }}{% endmacro %}{% else %}'
  const macros = library({ shop: [text] })
  const found = macros.find('one', 'shop')?.macro
  expect(found?.location).toMatchObject({ line: 3 })
})

it('compiles a file when one of its macros is used, those of the root package at once', () => {
  const broken = '{% macro broken() %}{% if %}{% endmacro %}'
  const packages: readonly MacroPackage[] = [
    { name: 'shop', files: [{ path: 'macros/a.sql', text: broken }] },
    { name: 'tools', files: [{ path: 'dbt_packages/tools/macros/a.sql', text: broken }] },
  ]
  const diagnostics = new Diagnostics()
  const macros = new MacroLibrary(packages, { rootPackage: 'shop', adapter: 'duckdb' }, diagnostics)
  expect(diagnostics.all().map(({ error }) => `${error.code} ${error.location?.file}`)).toEqual([
    'WW2001 macros/a.sql',
  ])
  expect(() => macros.findIn('tools', 'broken')?.macro).toThrowError(
    expect.objectContaining({ code: 'WW2001' }),
  )
})

describe('the built-in packages', () => {
  const packages = {
    shop: [macro('duckdb__taken')],
    dbt_duckdb: [macro('run_hooks'), macro('duckdb__made'), macro('duckdb__taken')],
    dbt_postgres: [macro('postgres__made')],
    dbt: [macro('run_hooks'), macro('default__made'), macro('statement')],
  }
  const built = library(packages)

  it('are those of the warehouse, over dbt’s own', () => {
    expect(built.packageNames).toEqual(['shop', 'dbt_duckdb', 'dbt'])
    expect(built.find('run_hooks', 'shop')?.uniqueId).toBe('macro.dbt_duckdb.run_hooks')
    expect(built.find('statement', 'shop')?.uniqueId).toBe('macro.dbt.statement')
    expect(built.find('postgres__made', 'shop')).toBeUndefined()
  })

  it('are all meant by “dbt” before a name', () => {
    expect(built.findIn('dbt', 'duckdb__made')?.uniqueId).toBe('macro.dbt_duckdb.duckdb__made')
    expect(built.findIn('dbt', 'default__made')?.uniqueId).toBe('macro.dbt.default__made')
    expect(built.dispatch('made', 'dbt', 'shop').uniqueId).toBe('macro.dbt_duckdb.duckdb__made')
  })

  it('give way to the project’s own', () => {
    expect(built.dispatch('taken', 'dbt', 'shop').uniqueId).toBe('macro.shop.duckdb__taken')
    expect(built.definesAny(['run_hooks'])).toBe(false)
    expect(built.definesAny(['duckdb__taken'])).toBe(true)
  })
})
