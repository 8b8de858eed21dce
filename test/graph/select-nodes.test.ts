import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WaterworksError } from '../../src/errors/waterworks-error.ts'
import { selectNodes } from '../../src/graph/selection/select-nodes.ts'
import { edges } from './arbitrary-edges.ts'
import { check, graphOf, model, pipeline, source } from './sample-graph.ts'

const graph = graphOf(
  pipeline({
    name: 'shop_orders',
    fqn: ['shop', 'daily', 'shop_orders'],
    path: 'pipelines/daily/orders.yml',
    tags: ['raw'],
  }),
  source({ name: 'shop.orders', source: 'shop', table: 'orders', dependsOn: ['pipeline.shop.shop_orders'] }),
  source({ name: 'crm.people', source: 'crm', table: 'people' }),
  model({
    name: 'stg_orders',
    fqn: ['shop', 'staging', 'stg_orders'],
    path: 'models/staging/stg_orders.sql',
    tags: ['staging', 'hourly'],
    materialization: 'view',
    dependsOn: ['source.shop.shop.orders'],
  }),
  model({
    name: 'stg_people',
    fqn: ['shop', 'staging', 'stg_people'],
    path: 'models/staging/stg_people.sql',
    tags: ['staging'],
    materialization: 'ephemeral',
    dependsOn: ['source.shop.crm.people'],
  }),
  model({
    name: 'fct_orders',
    fqn: ['shop', 'marts', 'fct_orders'],
    path: 'models/marts/fct_orders.sql',
    dependsOn: ['model.shop.stg_orders', 'model.shop.stg_people'],
  }),
  model({
    name: 'mrt_daily',
    fqn: ['shop', 'marts', 'mrt_daily'],
    path: 'models/marts/mrt_daily.sql',
    dependsOn: ['model.shop.fct_orders'],
  }),
  check({
    name: 'raw_filled',
    dependsOn: ['source.shop.shop.orders'],
    attachedTo: 'source.shop.shop.orders',
  }),
  check({
    name: 'orders_known',
    dependsOn: ['model.shop.fct_orders', 'model.shop.stg_people'],
    attachedTo: 'model.shop.fct_orders',
    tags: ['slow'],
  }),
  check({
    name: 'sums_agree',
    dependsOn: ['model.shop.mrt_daily'],
    check: { name: 'sums_agree', rule: { rule: 'sql', sql: '' }, severity: 'error' },
  }),
)

function names(
  select: string | readonly string[],
  exclude: string | readonly string[] = [],
): readonly string[] {
  const { selected } = selectNodes(graph, { select: [select].flat(), exclude: [exclude].flat() })
  return [...graph.nodes.values()].filter((node) => selected.has(node.uniqueId)).map((node) => node.name)
}

function failure(select: string): WaterworksError {
  try {
    names(select)
  } catch (error) {
    if (error instanceof WaterworksError) return error
  }
  throw new Error(`${select} was accepted`)
}

describe('selecting nodes', () => {
  it('takes everything unless told otherwise', () => {
    expect(names([])).toHaveLength(graph.nodes.size)
    expect(names('  ')).toHaveLength(graph.nodes.size)
  })

  it.each([
    ['fct_orders', ['fct_orders', 'orders_known']],
    ['staging', ['stg_orders', 'stg_people', 'orders_known']],
    ['staging.stg_orders', ['stg_orders']],
    ['shop.staging.stg_orders', ['stg_orders']],
    ['staging.stg_*', ['stg_orders', 'stg_people', 'orders_known']],
    ['*.stg_*', ['stg_orders', 'stg_people', 'orders_known']],
    ['stg_*', []],
    ['pipeline:shop_*', ['shop_orders', 'shop.orders', 'raw_filled']],
    ['config.severity:ERROR', ['raw_filled', 'orders_known', 'sums_agree']],
    ['marts.*_daily', ['mrt_daily', 'sums_agree']],
    ['marts.??t_orders', ['fct_orders', 'orders_known']],
    ['[fm]*t_[od]*', ['fct_orders', 'mrt_daily', 'orders_known', 'sums_agree']],
    ['tag:staging', ['stg_orders', 'stg_people', 'orders_known']],
    ['tag:s*', ['stg_orders', 'stg_people', 'orders_known']],
    ['path:models/marts', ['fct_orders', 'mrt_daily', 'orders_known', 'sums_agree']],
    ['models/marts/', ['fct_orders', 'mrt_daily', 'orders_known', 'sums_agree']],
    ['./models/staging/stg_orders.sql', ['stg_orders']],
    ['path:models/*/*_daily.sql', ['mrt_daily', 'sums_agree']],
    ['path:models/**/mrt_daily.sql', ['mrt_daily', 'sums_agree']],
    ['path:model', []],
    ['file:stg_orders', ['stg_orders']],
    ['stg_orders.sql', ['stg_orders']],
    ['source:shop', ['shop.orders', 'raw_filled']],
    ['source:crm.people', ['crm.people']],
    ['source:shop.crm.people', ['crm.people']],
    ['source:*.orders', ['shop.orders', 'raw_filled']],
    ['resource_type:pipeline', ['shop_orders', 'shop.orders', 'raw_filled']],
    ['resource_type:test', ['raw_filled', 'orders_known', 'sums_agree']],
    ['config.materialized:view', ['stg_orders']],
    ['test_type:singular', ['sums_agree']],
    ['test_type:generic', ['raw_filled', 'orders_known']],
    ['test_name:row_count', ['raw_filled', 'orders_known']],
    ['package:shop,stg_orders', ['stg_orders']],
    ['sums_agree', ['sums_agree']],
  ])('%s', (select, expected) => {
    expect([...names(select)].sort()).toEqual([...expected].sort())
  })

  it.each([
    ['+stg_orders', ['shop_orders', 'shop.orders', 'stg_orders', 'raw_filled']],
    ['1+stg_orders', ['shop.orders', 'stg_orders', 'raw_filled']],
    ['0+stg_orders', ['stg_orders']],
    ['stg_orders+', ['stg_orders', 'fct_orders', 'mrt_daily', 'orders_known', 'sums_agree']],
    ['stg_orders+1', ['stg_orders', 'fct_orders', 'orders_known']],
    ['1+fct_orders+1', ['stg_orders', 'stg_people', 'fct_orders', 'mrt_daily', 'orders_known', 'sums_agree']],
    [
      '@stg_orders',
      [
        'shop_orders',
        'shop.orders',
        'crm.people',
        'stg_orders',
        'stg_people',
        'fct_orders',
        'mrt_daily',
        'raw_filled',
        'orders_known',
        'sums_agree',
      ],
    ],
    ['stg_orders mrt_daily', ['stg_orders', 'mrt_daily', 'sums_agree']],
    ['staging,tag:hourly', ['stg_orders']],
    ['stg_orders+,marts mrt_daily', ['fct_orders', 'mrt_daily', 'orders_known', 'sums_agree']],
  ])('follows edges and combines: %s', (select, expected) => {
    expect([...names(select)].sort()).toEqual([...expected].sort())
  })

  it('a pipeline brings the tables it fills and their checks', () => {
    expect(names('shop_orders')).toEqual(['shop_orders', 'shop.orders', 'raw_filled'])
  })

  it('takes away what is excluded, and the checks that look at it', () => {
    expect(names('marts', 'mrt_daily')).toEqual(['fct_orders', 'orders_known'])
    expect(names('marts', 'stg_people')).toEqual(['fct_orders', 'mrt_daily', 'sums_agree'])
    expect(names([], 'resource_type:test tag:raw tag:raw+')).toEqual(['crm.people', 'stg_people'])
  })

  it('warns of a term that matches nothing, with the nearest name', () => {
    const { selected, warnings } = selectNodes(graph, {
      select: ['stg_ordres', 'tag:hurly', 'stg_*', 'tag:staging,tag:raw'],
      exclude: ['source:shp'],
    })
    expect(selected.size).toBe(0)
    expect(warnings.map(({ code, message, hint }) => [code, message, hint])).toEqual([
      ['WW1303', 'The selector "stg_ordres" matches nothing.', 'Did you mean "stg_orders"?'],
      ['WW1303', 'The selector "tag:hurly" matches nothing.', 'Did you mean "hourly"?'],
      ['WW1303', 'The selector "stg_*" matches nothing.', 'Did you mean "*.stg_*"?'],
      ['WW1303', 'The selector "tag:staging,tag:raw" matches nothing.', undefined],
      ['WW1303', 'The selector "source:shp" matches nothing.', 'Did you mean "shop"?'],
    ])
  })

  it.each([
    [
      'tags:raw',
      'WW1301',
      'The selector "tags:raw" uses the selector method "tags", which does not exist.',
      'Did you mean "tag"?',
    ],
    [
      'resource_type:modle',
      'WW1301',
      'The selector "resource_type:modle" uses the resource type "modle", which does not exist.',
      'Did you mean "model"?',
    ],
    [
      'test_type:units',
      'WW1301',
      'The selector "test_type:units" uses the test type "units", which does not exist.',
      'Did you mean "unit"?',
    ],
    [
      'toString:x',
      'WW1301',
      'The selector "toString:x" uses the selector method "toString", which does not exist.',
      undefined,
    ],
    [
      'state:modified',
      'WW1304',
      'The selector "state:modified" compares with an earlier run, and there is no manifest.json to compare with.',
      'Name the folder of the earlier run’s artefacts with --state.',
    ],
    ['config:view', 'WW1302', 'The selector "config:view" names no configuration.', undefined],
    [
      'source:a.b.c.d',
      'WW1302',
      'The selector "source:a.b.c.d" has too many parts: it is source:<source>.<table>.',
      undefined,
    ],
    ['+', 'WW1302', 'The selector "+" names nothing.', undefined],
    ['tag:', 'WW1302', 'The selector "tag:" names nothing.', undefined],
    ['a,,b', 'WW1302', 'The selector "" names nothing.', undefined],
    [
      '@a+',
      'WW1302',
      'The selector "@a+" has both @ and +: @ already takes the children and all of their parents.',
      undefined,
    ],
  ])('refuses %s', (select, code, message, hint) => {
    const error = failure(select)
    expect([error.code, error.message]).toEqual([code, message])
    if (hint) expect(error.hint).toBe(hint)
  })
})

describe('the laws of selection', () => {
  const random = edges().filter((parents) => parents.size > 1)
  const withTwo = random.chain((parents) => {
    const id = fc.constantFrom(...parents.keys())
    return fc.tuple(fc.constant(parents), id, id)
  })
  const of = (parents: ReadonlyMap<string, readonly string[]>) => {
    const random = graphOf(
      ...[...parents].map(([name, ids]) => model({ name, dependsOn: ids.map((id) => `model.shop.${id}`) })),
    )
    return (select: string, exclude = '') =>
      selectNodes(random, { select: [select], exclude: [exclude] }).selected
  }

  it('union holds both, intersection is in both, exclusion leaves the rest', () => {
    fc.assert(
      fc.property(withTwo, ([parents, a, b]) => {
        const select = of(parents)
        const [x, y] = [select(`${a}+`), select(`+${b}`)]
        expect(select(`${a}+ +${b}`)).toEqual(new Set([...x, ...y]))
        expect(select(`${a}+,+${b}`)).toEqual(new Set([...x].filter((id) => y.has(id))))
        expect(select(`${a}+`, `+${b}`)).toEqual(new Set([...x].filter((id) => !y.has(id))))
        expect(select(`+${a}+`)).toEqual(new Set([...select(`+${a}`), ...x]))
      }),
    )
  })

  it('a is above b exactly when b is below a', () => {
    fc.assert(
      fc.property(withTwo, ([parents, a, b]) => {
        const select = of(parents)
        expect(select(`+${b}`).has(`model.shop.${a}`)).toBe(select(`${a}+`).has(`model.shop.${b}`))
      }),
    )
  })

  it('more steps never take less, and enough steps take all', () => {
    fc.assert(
      fc.property(withTwo, fc.nat(5), ([parents, a], n) => {
        const select = of(parents)
        const [less, more] = [select(`${a}+${n}`), select(`${a}+${n + 1}`)]
        for (const id of less) expect(more).toContain(id)
        expect(select(`${a}+${parents.size}`)).toEqual(select(`${a}+`))
      }),
    )
  })
})
