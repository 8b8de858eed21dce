import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { palette } from '../../src/errors/palette.ts'
import { ProjectErrors } from '../../src/errors/project-errors.ts'
import { buildGraph } from '../../src/graph/build-graph.ts'
import type { BuildGraphOptions } from '../../src/graph/build-graph-options.ts'
import { compileProject } from '../../src/graph/compile-project.ts'
import type { CheckNode, ModelNode } from '../../src/graph/node.ts'
import { printGraph } from '../../src/graph/print-graph.ts'
import { printTree } from '../../src/graph/print-tree.ts'
import { selectNodes } from '../../src/graph/selection/select-nodes.ts'
import { makePlan } from '../../src/plan/make-plan.ts'
import type { PlanInput } from '../../src/plan/plan-input.ts'
import { printPlan } from '../../src/plan/print-plan.ts'
import type { Project } from '../../src/project/project.ts'
import { dialect } from './fixture-dialect.ts'
import {
  column,
  file,
  modelFile,
  type ProjectParts,
  project,
  properties,
  shopProject,
  sourceProperties,
  test,
} from './fixture-project.ts'

const options: BuildGraphOptions = { target: 'dev', dialect, now: '2026-11-21T06:00:00Z', runId: 'run-1' }

function build(given: Project, change: Partial<BuildGraphOptions> = {}) {
  return buildGraph(given, { ...options, ...change })
}

function modelOf(given: Project, name: string, change: Partial<BuildGraphOptions> = {}): ModelNode {
  const node = build(given, change).nodes.get(`model.shop.${name}`)
  if (node?.kind !== 'model') throw new Error(`no model ${name}`)
  return node
}

/** One model's compiled text. */
function compiled(
  text: string,
  change: Partial<Project & ProjectParts> = {},
  given: Partial<BuildGraphOptions> = {},
): string {
  const models = [modelFile('models/m.sql', text), ...(change.models ?? [])]
  return modelOf(project({ ...change, models }), 'm', given).compiledSql
}

function problems(given: Project): readonly string[] {
  try {
    build(given)
  } catch (error) {
    if (!(error instanceof ProjectErrors)) throw error
    return error.diagnostics
      .filter(({ severity }) => severity === 'error')
      .map(({ error: { code, message, location, hint } }) => {
        const place = location ? `${location.file}:${location.line}:${location.column}: ` : ''
        return `${code} ${place}${message}${hint ? ` | ${hint}` : ''}`
      })
  }
  throw new Error('the project was accepted')
}

const problemsOf = (text: string, change: Partial<Project & ProjectParts> = {}) =>
  problems(project({ ...change, models: [modelFile('models/m.sql', text), ...(change.models ?? [])] }))

const golden = (lines: readonly string[], name: string) =>
  expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`golden/${name}`)

describe('a shop', () => {
  const graph = build(shopProject())

  it('is listed', () => golden(printGraph(graph, { color: false }), 'list.txt'))

  it('is a tree', () => golden(printTree(graph, { color: false }), 'tree.txt'))

  it('compiles', async () => {
    for (const node of graph.nodes.values()) {
      if (node.kind === 'model') await golden([node.compiledSql], `compiled/${node.name}.sql`)
      if (node.kind === 'check' && node.check.rule.rule === 'sql') {
        await golden([node.check.rule.sql], `compiled/${node.name}.sql`)
      }
    }
  })

  it('has no warnings', () => expect(graph.warnings).toEqual([]))

  describe('is planned', () => {
    const plan = (select: readonly string[], given: Partial<PlanInput> = {}) =>
      printPlan(
        makePlan({
          graph,
          selection: selectNodes(graph, { select, exclude: [] }).selected,
          mode: 'build',
          target: 'dev',
          successes: new Map(),
          sourceNews: new Map(),
          now: options.now,
          ...given,
        }),
        palette(false),
      )
    const past = (stale: readonly string[] = []) =>
      new Map(
        [...graph.nodes.values()].map((node) => [
          node.uniqueId,
          { fingerprint: stale.includes(node.name) ? 'old' : node.fingerprint, at: '2026-11-20T06:00:00Z' },
        ]),
      )
    const news = new Map([['pipeline.shop.shop_orders', { newParts: 2, summary: '2 new files' }]])

    it('first run', () => golden(plan([]), 'plan-first-run.txt'))
    it('nothing new', () => golden(plan([], { successes: past() }), 'plan-nothing-new.txt'))
    it('new data', () => golden(plan([], { successes: past(), sourceNews: news }), 'plan-new-data.txt'))
    it('code changed', () => golden(plan([], { successes: past(['fct_orders']) }), 'plan-code-changed.txt'))
    it('a selection', () => golden(plan(['stg_orders+1', 'no_negative_days']), 'plan-selection.txt'))
    it('a retry', () =>
      golden(
        plan([], { mode: 'retry', retry: new Set(['model.shop.fct_orders', 'model.shop.mrt_daily']) }),
        'plan-retry.txt',
      ))
    it('only tests', () => golden(plan(['marts', 'stg_orders'], { mode: 'test' }), 'plan-test.txt'))
    it('nothing at all', () => golden(plan(['nothing']), 'plan-nothing.txt'))
  })

  it('is the same in whatever order its files are read', () => {
    const { pipelines, models, macros, singularTests, modelProperties, sourceProperties } = shopProject()
    const shuffled = fc.tuple(
      fc.shuffledSubarray([...models], { minLength: models.length }),
      fc.shuffledSubarray([...macros], { minLength: macros.length }),
      fc.shuffledSubarray(Object.entries(modelProperties), {
        minLength: Object.keys(modelProperties).length,
      }),
      fc.shuffledSubarray(Object.entries(sourceProperties), {
        minLength: Object.keys(sourceProperties).length,
      }),
    )
    fc.assert(
      fc.property(shuffled, ([models, macros, ofModels, ofSources]) => {
        const other = build(
          shopProject({
            pipelines,
            singularTests,
            models,
            macros,
            modelProperties: Object.fromEntries(ofModels),
            sourceProperties: Object.fromEntries(ofSources),
          }),
        )
        expect([...other.nodes]).toEqual([...graph.nodes])
        expect([...other.children]).toEqual([...graph.children])
      }),
      { numRuns: 20 },
    )
  })
})

describe('what templates see', () => {
  it.each([
    ["{{ var('a') }} {{ var('b', 2) }} {{ var.has_var('a') }} {{ var.has_var('c') }}", '1 2 True False'],
    [
      "{{ target.name }} {{ target.type }} {{ target.schema }} {{ target['database'] }}",
      'dev duckdb main warehouse',
    ],
    ['{{ this }} {{ this.schema }} {{ this.identifier }}', '"warehouse"."main"."m" main m'],
    ['{{ model.unique_id }} {{ model.name }} {{ model.config.materialized }}', 'model.shop.m m view'],
    ['{{ project_name }} {{ invocation_id }} {{ execute }}', 'shop run-1 True'],
    [
      '{{ run_started_at }} {{ run_started_at.strftime("%d.%m.%y %H:%M") }}',
      '2026-11-21 06:00:00+00:00 21.11.26 06:00',
    ],
    ['{{ run_started_at.isoformat() }} {{ run_started_at.year }}', '2026-11-21T06:00:00+00:00 2026'],
    ["{{ env_var('REGION') }} {{ env_var('ZONE', 'b') }}", 'eu b'],
    ['{% if is_incremental() %}new{% else %}all{% endif %}', 'all'],
    ["{{ config(owner='me') }}{{ config.get('owner') }} {{ config.get('other', 'none') }}", 'me none'],
    ["{{ log('quiet') }}{{ exceptions is defined }}", 'True'],
    ["{{ adapter.quote('a\"b') }} {{ adapter.type() }}", '"a""b" duckdb'],
    [
      "{% if execute %}{{ fromjson('[1, 2]')[1] }} {{ tojson({'a': [1, none]}) }}{% endif %}",
      '2 {"a": [1, null]}',
    ],
    [
      "{% for a, b in zip([1, 2], ['x', 'y']) %}{{ a }}{{ b }}{% endfor %} {{ local_md5('a') }}",
      '1x2y 0cc175b9c0f1b6a831c399e269772661',
    ],
  ])('%s', (text, expected) => {
    expect(compiled(text, { vars: { a: 1 } }, { env: { REGION: 'eu' } })).toBe(expected)
  })

  it('variables of the command line win over the project’s own, and those over the shared', () => {
    const vars = { a: 'shared', b: 'shared', c: 'shared', shop: { a: 'own', b: 'own' } }
    expect(compiled("{{ var('a') }} {{ var('b') }} {{ var('c') }}", { vars }, { vars: { a: 'cli' } })).toBe(
      'cli own shared',
    )
  })

  it('relations can be asked for their parts', () => {
    const text =
      "{{ source('crm', 'people').include(database=false, schema=false) }} {{ source('crm', 'people').name }}"
    const sources = { 'crm.people': sourceProperties('crm', 'people', { identifier: 'persons' }) }
    expect(compiled(text, { sourceProperties: sources })).toBe('"persons" persons')
  })

  it('says what templates log, once', () => {
    const said: string[] = []
    compiled(
      "{{ log('hello ' ~ 1, info=true) }}{{ print('there') }}{{ log('quiet') }}select 1",
      {},
      { log: (text) => said.push(text) },
    )
    expect(said).toEqual(['hello 1', 'there'])
  })

  it('hears warnings', () => {
    const models = [modelFile('models/m.sql', "select 1\n{% do exceptions.warn('old ' ~ 'model') %}")]
    expect(
      build(project({ models })).warnings.map(({ severity, error }) => [
        severity,
        error.code,
        error.message,
        error.location?.line,
      ]),
    ).toEqual([['warning', 'WW2106', 'old model', 2]])
  })
})

describe('macros', () => {
  const macros = [
    file('macros/a.sql', '{% macro twice(x) %}{{ half(x) }}{{ half(x) }}{% endmacro %}'),
    file(
      'macros/b.sql',
      "{% macro half(x) %}[{{ x }}]{% endmacro %}{% macro default__now() %}now(){% endmacro %}{% macro now() %}{{ adapter.dispatch('now')() }}{% endmacro %}",
    ),
  ]

  it('call one another across files, in any order', () => {
    expect(compiled('{{ twice(1) }} {{ now() }}', { macros })).toBe('[1][1] now()')
  })

  it('take the engine’s own version when there is one', () => {
    const own = file('macros/c.sql', '{% macro duckdb__now() %}get_current_timestamp(){% endmacro %}')
    expect(compiled('{{ now() }}', { macros: [...macros, own] })).toBe('get_current_timestamp()')
  })

  it('of a model are its own', () => {
    const models = [modelFile('models/n.sql', '{% macro own() %}n{% endmacro %}{{ own() }}')]
    expect(compiled('{% macro own() %}m{% endmacro %}{{ own() }}', { macros, models })).toBe('m')
  })

  it('refer to models on behalf of whoever calls them', () => {
    const reading = file('macros/r.sql', '{% macro all_of(m) %}select * from {{ ref(m) }}{% endmacro %}')
    const models = [modelFile('models/n.sql', 'select 1')]
    const given = project({
      macros: [reading],
      models: [modelFile('models/m.sql', "{{ all_of('n') }}"), ...models],
    })
    expect(modelOf(given, 'm').dependsOn).toEqual(['model.shop.n'])
  })

  it('point at the line that fails', () => {
    const failing = file(
      'macros/f.sql',
      "{% macro check(x) %}\n  {% do exceptions.raise_compiler_error('no ' ~ x) %}\n{% endmacro %}",
    )
    expect(problemsOf("select 1\n  {{ check('good') }}", { macros: [failing] })).toEqual([
      "WW2101 macros/f.sql:2:20: no good | in macro 'check', called at models/m.sql:2:6",
    ])
  })

  it('have one name each', () => {
    const macros = [
      file('macros/a.sql', '{% macro x() %}{% endmacro %}'),
      file('macros/b.sql', '\n{% macro x() %}{% endmacro %}'),
    ]
    expect(problemsOf('select 1', { macros })).toEqual([
      'WW2107 macros/b.sql:2:4: The macro "x" is also defined in macros/a.sql, line 1.',
    ])
  })
})

describe('configuration', () => {
  const config = (
    text: string,
    folder: Record<string, unknown>,
    own: Record<string, unknown> = {},
    target = 'dev',
  ) =>
    modelOf(
      project({
        models: [modelFile('models/m.sql', text, folder)],
        modelProperties: { m: properties({ config: own }) },
      }),
      'm',
      { target },
    )

  it('of the file wins over schema.yml, and that over the folder; tags add up', () => {
    const node = config(
      "{{ config(materialized='table', tags=['c', 'a']) }}",
      { '+materialized': 'ephemeral', '+schema': 'x', tags: 'a' },
      { materialized: 'view', schema: 'y', tags: ['b'] },
    )
    expect([node.materialization, node.relation, node.tags]).toEqual([
      'table',
      { schema: 'main_y', name: 'm' },
      ['a', 'b', 'c'],
    ])
  })

  it('is dbt’s by default', () => {
    const node = config('select 1', {})
    expect([node.materialization, node.relation]).toEqual(['view', { schema: 'main', name: 'm' }])
  })

  it('follows the project’s own rule for names', () => {
    const macros = [
      file(
        'macros/names.sql',
        `{% macro generate_schema_name(custom_schema_name, node) %}
  {%- if custom_schema_name is none %}{{ target.schema }}{% else %}{{ custom_schema_name | trim }}{% endif %}
{% endmacro %}
{% macro generate_alias_name(custom_alias_name=none, node=none) %}{{ custom_alias_name or node.name ~ '_v1' }}{% endmacro %}`,
      ),
    ]
    const models = [modelFile('models/n.sql', "{{ config(schema='mart', alias='x') }}select '{{ this }}'")]
    expect(compiled('{{ this }}', { macros })).toBe('"warehouse"."main"."m_v1"')
    expect(modelOf(project({ macros, models }), 'n').relation).toEqual({ schema: 'mart', name: 'x' })
  })

  it('names the relation', () => {
    expect(
      config("{{ config({'alias': 'other', 'schema': ' mart'}) }}select '{{ this }}'", {}).compiledSql,
    ).toBe(`select '"warehouse"."main_mart"."other"'`)
  })

  it.each([
    [
      '{{ config(tags=1) }}',
      'WW1212 models/m.sql:1:4: The configuration "tags" must be a text or a list of texts, not [1].',
    ],
    [
      "{{ config(enabled='maybe') }}",
      `WW1212 models/m.sql:1:4: The configuration "enabled" must be true or false, not 'maybe'.`,
    ],
  ])('%s is refused', (text, problem) => {
    expect(problemsOf(text)).toEqual([problem])
  })

  it('a materialization that is not there fails its own model, and is warned of', () => {
    const warned = (text: string, folder = {}) =>
      build(project({ models: [modelFile('models/m.sql', text, folder)] })).warnings.map(
        ({ error: { code, location, message, hint } }) =>
          `${code} ${location?.file}:${location?.line}:${location?.column}: ${message} | ${hint}`,
      )
    expect(warned("select 1\n {{ config(materialized='tabel') }}")).toEqual([
      'WW1212 models/m.sql:2:5: There is no materialization "tabel". | Did you mean "table"?',
    ])
    expect(warned('select 1', { materialized: 'snapshot' })).toEqual([
      'WW1212 models/m.sql:1:1: There is no materialization "snapshot". | There are table, view, ephemeral, incremental, materialized_view, external and table_function.',
    ])
  })

  it('is refused where it stands', () => {
    const models = [modelFile('models/m.sql', 'select 1')]
    const modelProperties = {
      m: properties({ config: { alias: 7 }, origin: { file: 'models/m.yml', path: ['models', 4] } }),
    }
    expect(problems(project({ models, modelProperties }))).toEqual([
      'WW1212 models/m.yml:4:3: The configuration "alias" must be a text, not 7.',
    ])
  })
})

describe('mistakes', () => {
  it('are all reported, each at its place', () => {
    const models = [
      modelFile(
        'models/m.sql',
        "select *\nfrom {{ ref('stg_ordres') }}\njoin {{ source('shop', 'orderz') }} using (id)",
      ),
      modelFile('models/stg_orders.sql', "select * from {{ source('shpo', 'orders') }}"),
      modelFile('models/off.sql', "{{ config(enabled=false) }}select * from {{ ref('nothing') }}"),
      modelFile('models/on.sql', "select * from {{ ref('off') }}, {{ ref('other', 'm') }}"),
    ]
    const sources = { 'shop.orders': sourceProperties('shop', 'orders') }
    expect(problems(project({ models, sourceProperties: sources }))).toEqual([
      `WW1201 models/m.sql:2:9: The model "m" refers to ref('stg_ordres'), but there is no model "stg_ordres". | Did you mean "stg_orders"?`,
      `WW1202 models/m.sql:3:9: The model "m" refers to source('shop', 'orderz'), but the source "shop" has no table "orderz". | Did you mean "orders"?`,
      `WW1206 models/on.sql:1:18: The model "on" refers to ref('off'), but the model "off" is switched off.`,
      `WW1201 models/on.sql:1:36: The model "on" refers to ref('other', 'm'), but there is no package "other". | Models of this project need no package: ref('m').`,
      `WW1202 models/stg_orders.sql:1:18: The model "stg_orders" refers to source('shpo', 'orders'), but there is no source "shpo". | Did you mean "shop"?`,
    ])
  })

  it('in references that a macro makes are shown in the macro', () => {
    const macros = [
      file('macros/r.sql', "{% macro all_of(m) %}\nselect * from {{ ref(m ~ 's') }}{% endmacro %}"),
    ]
    expect(problemsOf("{{ all_of('order') }}", { macros })).toEqual([
      `WW1201 macros/r.sql:2:18: The model "m" refers to ref('orders'), but there is no model "orders".`,
    ])
  })

  it('circles are named in full', () => {
    const models = [
      modelFile('models/a.sql', "select 1\nfrom {{ ref('c') }}"),
      modelFile('models/b.sql', "select * from {{ ref('a') }}"),
      modelFile('models/c.sql', "select * from {{ ref('b') }}"),
      modelFile('models/d.sql', "select * from {{ ref('c') }}"),
    ]
    expect(problems(project({ models }))).toEqual([
      "WW1203 models/a.sql:2:9: These models read from one another in a circle: a → c → b → a. | Break the circle, for instance at ref('c') in models/a.sql.",
    ])
    expect(problemsOf('{{ this }} {{ ref("m") }}')).toEqual([
      "WW1203 models/m.sql:1:15: These models read from one another in a circle: m → m. | Break the circle, for instance at ref('m') in models/m.sql.",
    ])
  })

  it('names and relations are taken once', () => {
    const given = shopProject({
      models: [
        modelFile('models/x/m.sql', 'select 1'),
        modelFile('models/y/m.sql', 'select 2'),
        modelFile('models/n.sql', "{{ config(alias='M') }}select 3"),
        modelFile('models/raw.sql', "{{ config(alias='raw_shop_orders', schema='x') }}select 4"),
      ],
      macros: [],
      singularTests: [file('tests/a/t.sql', 'select 1'), file('tests/b/t.sql', 'select 2')],
      modelProperties: {},
      targets: { dev: { type: 'duckdb', path: ':memory:', schema: 'main' } },
    })
    expect(problems(given)).toEqual([
      'WW1204 models/x/m.sql:1:1: the model "n" and the model "m" both write main.m.',
      'WW1205 models/y/m.sql:1:1: There are two models named "m": models/x/m.sql and models/y/m.sql.',
      'WW1205 tests/b/t.sql:1:1: There are two tests named "t": tests/a/t.sql and tests/b/t.sql.',
    ])
  })

  it('what asks the warehouse is compiled when it runs, and what folds it in as well', () => {
    const asks = "{% if execute %}{% set r = run_query('select 1') %}{% endif %}select 1"
    const models = [
      modelFile('models/e.sql', `{{ config(materialized='ephemeral') }}${asks}`),
      modelFile('models/m.sql', "select * from {{ ref('e') }}"),
      modelFile('models/n.sql', "select * from {{ ref('m') }}"),
    ]
    const { nodes } = build(project({ models }))
    const waits = (name: string) => {
      const node = nodes.get(`model.shop.${name}`)
      return node?.kind === 'model' ? [node.waitsFor !== undefined, node.compiledSql === ''] : undefined
    }
    expect(['e', 'm', 'n'].map(waits)).toEqual([
      [true, true],
      [true, true],
      [false, false],
    ])
  })

  it('while it is parsed, has no configuration to read and forgives what is undefined', () => {
    const text = `{{ config(tags=['unit']) }}{% if 'unit' in config.get('tags', []) and not execute %}
{{ exceptions.raise_compiler_error('read too early') }}{% endif %}
{%- set names = graph.nodes.values() | map(attribute='name') | list %}{{ names | join(',') }} {{ config.get('tags')[0] }}`
    expect(compiled(text).trim()).toBe('m unit')
  })

  it('may put names into the context, which others of its templates then see', () => {
    const macros = [
      file(
        'macros/whose.sql',
        "{% macro whose() %}{{ context.get('seen', {}).get('by', 'nobody') }}{% endmacro %}",
      ),
    ]
    const text = "{% do context.update({'seen': {'by': 'me'}}) %}{{ whose() }} {{ render('{{ whose() }}') }}"
    expect(compiled(text, { macros })).toBe('me me')
    const asDict = "{{ context.get('shop').get('whose')() }} {{ context.get('shop').get('other', 1) }}"
    expect(compiled(asDict, { macros })).toBe('nobody 1')
  })

  it('are told what a reference is where no node makes it', () => {
    const models = [
      modelFile('models/m.sql', 'select 1'),
      modelFile('models/e.sql', "{{ config(materialized='ephemeral') }}select 1"),
    ]
    const resolve = compileProject(project({ models }), options).queries.resolveFor('shop')
    const ref = (model: string) => resolve({ kind: 'ref', package: undefined, model })
    expect(ref('m').relation).toMatchObject({ schema: 'main', identifier: 'm' })
    for (const model of ['e', 'x']) {
      expect(() => ref(model)).toThrowError(expect.objectContaining({ code: 'WW2102' }))
    }
  })

  it('puts the tests of a model that is there once more, disabled, on the one that is enabled', () => {
    const models = [
      modelFile('models/a/m.sql', 'select 1 as id'),
      modelFile('models/b/m.sql', '{{ config(enabled=false) }}select 2 as id'),
    ]
    const modelProperties = { m: properties({ columns: [column('id', test('unique', 1))] }) }
    const { nodes } = build(project({ models, modelProperties }))
    const checks = [...nodes.values()].filter(({ kind }) => kind === 'check')
    expect(checks.map(({ name }) => name)).toEqual(['unique_m_id'])
  })

  it('references must be seen while parsing', () => {
    const models = [modelFile('models/n.sql', 'select 1')]
    const text = "select 1\n{% if execute %}from {{ ref('n') }}{% endif %}"
    expect(problemsOf(text, { models })).toEqual([
      `WW1213 models/m.sql:2:25: "m" calls ref('n') only when it is compiled, so the graph does not know of it. | Write \`-- depends_on: {{ ref('n') }}\` at the top of the file, or take the call out of the condition.`,
    ])
    expect(compiled(`-- depends_on: {{ ref('n') }}\n${text}`, { models })).toContain(
      'from "warehouse"."main"."n"',
    )
  })

  it.each([
    ['{{ ref() }}', 'WW2102 models/m.sql:1:4: ref() needs the argument "model".'],
    ["{{ ref('a', 'b', 'c') }}", 'WW2102 models/m.sql:1:4: ref() takes at most 2 arguments, and got 3.'],
    [
      "{{ ref('a', v=2) }}",
      `WW1201 models/m.sql:1:4: The model "m" refers to ref('a', v=2), but there is no model "a". | Did you mean "m"?`,
    ],
    ["{{ source('a') }}", 'WW2102 models/m.sql:1:4: source() needs the argument "table".'],
    [
      "{{ source('a', tabel='b') }}",
      'WW2102 models/m.sql:1:4: source() has no argument "tabel". | Did you mean "table"?',
    ],
    [
      "{{ var('nmae') }}",
      'WW2103 models/m.sql:1:4: The variable "nmae" has no value. | Did you mean "name"?',
    ],
    ["{{ env_var('HOME') }}", 'WW2104 models/m.sql:1:4: The environment variable HOME is not set.'],
    [
      "{{ env_var('DBT_ENV_SECRET_KEY') }}",
      'WW2104 models/m.sql:1:4: The variable DBT_ENV_SECRET_KEY is a secret, and what a template prints is not. | Use it in waterworks.yml or profiles.yml only.',
    ],
    [
      "{{ config.require('owner') }}",
      'WW1212 models/m.sql:1:11: "m" needs the configuration "owner". | Set it with config(owner=…).',
    ],
    [
      "{{ adapter.dispatch('nothing')() }}",
      'WW2102 models/m.sql:1:12: adapter.dispatch() finds no macro for "nothing". | It looks for duckdb__nothing, default__nothing.',
    ],
  ])('%s', (text, problem) => {
    expect(problemsOf(text, { vars: { name: 1 } })).toEqual([problem])
  })

  it('a disabled model may say what it likes', () => {
    const models = [
      modelFile(
        'models/n.sql',
        "{{ config(enabled=var('nothing', false)) }}{{ ref('gone') }}{{ var('gone') }}",
      ),
    ]
    expect(compiled('select 1', { models })).toBe('select 1')
  })

  it('the target must exist', () => {
    expect(() => build(project(), { target: 'prd' })).toThrow(ProjectErrors)
  })
})

describe('ephemeral models', () => {
  it('appear once, however often they are read, and parents first', () => {
    const models = [
      modelFile('models/a.sql', "{{ config(materialized='ephemeral') }}select 1"),
      modelFile('models/b.sql', "{{ config(materialized='ephemeral') }}select * from {{ ref('a') }}"),
    ]
    expect(compiled("select * from {{ ref('b') }}, {{ ref('a') }}, {{ ref('b') }}", { models })).toBe(
      'with __dbt__cte__a as (\nselect 1\n),  __dbt__cte__b as (\nselect * from __dbt__cte__a\n) select * from __dbt__cte__b, __dbt__cte__a, __dbt__cte__b',
    )
  })

  it('are checked through a query', () => {
    const models = [modelFile('models/m.sql', "{{ config(materialized='ephemeral') }}select 1 as id")]
    const modelProperties = {
      m: properties({
        columns: [
          column(
            'id',
            test('unique', 1, { where: 'id > 0 -- all' }),
            test('recency', 2, { arguments: { hours: 1 } }),
          ),
        ],
      }),
    }
    expect(problems(project({ models, modelProperties }))).toEqual([
      'WW1211 models/schema.yml:2:3: The test recency does not work on an ephemeral model yet. | Make the model a view, or write the test as a query under tests/.',
    ])
    const only = { m: properties({ columns: [column('id', test('unique', 1, { where: 'id > 0 -- all' }))] }) }
    const check = [...build(project({ models, modelProperties: only })).nodes.values()].at(-1) as CheckNode
    expect(check.relation).toBeUndefined()
    expect(check.check.where).toBeUndefined()
    expect(check.check.rule).toEqual({
      rule: 'sql',
      sql: 'with __dbt__cte__m as (\nselect 1 as id\n) select "id" from (select * from __dbt__cte__m where (id > 0 -- all\n)) as checked where "id" is not null group by "id" having count(*) > 1',
    })
  })
})

describe('checks', () => {
  const withTests = (...tests: Parameters<typeof column>) =>
    project({
      models: [modelFile('models/m.sql', 'select 1'), modelFile('models/orders.sql', 'select 1')],
      modelProperties: {
        m: properties({ columns: [column(...tests), column('customer_id')] }),
        orders: properties({ columns: [column('order_id')] }),
      },
    })

  it('wrong ones are refused, with what would be right', () => {
    expect(
      problems(
        withTests(
          'id',
          test('accepted_values', 2, { arguments: { valeus: [1] } }),
          test('relationships', 3, { arguments: { to: "ref('ordres')", field: 'order_id' } }),
          test('unique', 4),
          test('unique', 5),
        ),
      ),
    ).toEqual([
      'WW1208 models/schema.yml:2:3: The test accepted_values needs the argument "values".',
      'WW1208 models/schema.yml:2:3: The test accepted_values has no argument "valeus". | Did you mean "values"?',
      'WW1205 models/schema.yml:5:3: The test "unique_m_id" is there twice, with the same arguments. | Remove one of them, or give one a name of its own.',
    ])
  })

  it('tests that are not there are warned of, and fail when they are compiled', () => {
    const given = withTests('id', test('notnull', 1))
    expect(problems(given)).toEqual([
      "WW2002 models/schema.yml:1:4: 'test_notnull' is undefined | Did you mean 'test_not_null'?",
    ])
    const { warnings } = build(given, { failsWhenRun: true })
    expect(warnings.map(({ error: { code, message, hint } }) => `${code} ${message} ${hint}`)).toEqual([
      'WW1033 There is no test "notnull". Did you mean "not_null"?',
    ])
  })

  it('almost-right columns and models without a file are warned of', () => {
    const given = withTests(
      'id',
      test('relationships', 3, { arguments: { to: "ref('orders')", field: 'orderid' } }),
    )
    const modelProperties = {
      ...given.modelProperties,
      ordes: properties(),
      orders: properties({
        columns: [column('order_id')],
        tests: [test('not_null', 7, { arguments: { column_name: 'oder_id' } })],
      }),
    }
    expect(
      build(project({ models: given.models, modelProperties })).warnings.map(
        ({ error }) => `${error.code} ${error.message} ${error.hint}`,
      ),
    ).toEqual([
      'WW1207 There is no model "ordes"; its description and tests are left out. Did you mean "orders"?',
      'WW1210 The test relationships names the column "orderid", which is not described for orders. Did you mean "order_id"?',
      'WW1210 The test not_null names the column "oder_id", which is not described for orders. Did you mean "order_id"?',
    ])
  })
})

describe('fingerprints', () => {
  const of = (given: Project, id: string, change: Partial<BuildGraphOptions> = {}) =>
    build(given, change).nodes.get(id)?.fingerprint
  const ofModel = (
    text: string,
    folder: Record<string, unknown> = {},
    change: Partial<BuildGraphOptions> = {},
  ) => of(project({ models: [modelFile('models/m.sql', text, folder)] }), 'model.shop.m', change)

  it('of a model change with its query and where it goes, not with where it is written', () => {
    const plain = ofModel('select 1')
    expect(ofModel('select {{ 1 }}')).toBe(plain)
    expect(ofModel('select 1', { tags: ['x'] })).toBe(plain)
    expect(ofModel('select 2')).not.toBe(plain)
    expect(ofModel('select 1', { materialized: 'table' })).not.toBe(plain)
    expect(ofModel('select 1', { alias: 'other' })).not.toBe(plain)
  })

  it('of a model do not change with the clock or the run', () => {
    const later = { now: '2027-01-01T00:00:00Z', runId: 'run-2' }
    for (const text of ["select '{{ run_started_at }}'", "select '{{ invocation_id }}'"]) {
      expect(ofModel(text, {}, later)).toBe(ofModel(text))
    }
    const hidden = (text: string) =>
      project({
        macros: [file('macros/m.sql', '{% macro stamp() %}{{ run_started_at }}{% endmacro %}')],
        models: [
          modelFile('models/e.sql', `{{ config(materialized='ephemeral') }}${text}`),
          modelFile('models/m.sql', "select * from {{ ref('e') }}"),
        ],
      })
    expect(of(hidden('{{ stamp() }}'), 'model.shop.m', later)).toBe(
      of(hidden('{{ stamp() }}'), 'model.shop.m'),
    )
    const direct = project({
      models: [
        modelFile('models/e.sql', "{{ config(materialized='ephemeral') }}{{ invocation_id }}"),
        modelFile('models/m.sql', "select * from {{ ref('e') }}"),
      ],
    })
    expect(of(direct, 'model.shop.m', later)).toBe(of(direct, 'model.shop.m'))
    expect(modelOf(direct, 'm', later).compiledSql).toContain('run-2')
  })

  it('of a pipeline leave out who, when and how often', () => {
    const id = 'pipeline.shop.shop_orders'
    const changed = (change: object) => {
      const [pipeline] = shopProject().pipelines
      return of(shopProject({ pipelines: [{ ...pipeline!, ...change }] }), id)
    }
    const plain = changed({})
    expect(changed({ description: 'x', owner: 'me', schedule: '0 6 * * *', tier: 1, slaMinutes: 5 })).toBe(
      plain,
    )
    expect(
      changed({
        transform: { stages: [{ name: 'clean', operations: [{ operation: 'trim', columns: 'all' }] }] },
      }),
    ).not.toBe(plain)
  })
})
