import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PostgresServer, sharedPostgres } from '../support/postgres-server.ts'
import { DbtProject } from './support/dbt-project.ts'

const files = {
  'dbt_project.yml': `name: shop
profile: shop
functions: {shop: {+volatility: deterministic, money: {+tags: [money]}}}
`,
  'functions/money/net.sql': `{{ config(meta={'unit': 'cents'}) }}
select amount - amount * rate / 100 -- what is left
`,
  'functions/twice_net.sql': "select {{ function('net') }}({{ function('shop', 'net') }}(amount, 10), 10)",
  'functions/functions.yml': `functions:
  - name: net
    description: What is left of an amount
    arguments:
      - {name: amount, data_type: integer, description: In cents}
      - {name: rate, data_type: integer}
    returns: {data_type: integer}
  - name: twice_net
    arguments: [{name: amount, data_type: integer}]
    returns: {data_type: integer, description: In cents}
`,
  'models/paid.sql': "select {{ function('twice_net') }}(100) as cents",
  'models/paid.yml': `unit_tests:
  - name: it_is_called
    model: paid
    given: []
    expect: {rows: [{cents: 81}]}
`,
}

interface Manifest {
  readonly nodes: Readonly<Record<string, object>>
  readonly functions: Readonly<Record<string, object>>
  readonly parent_map: Readonly<Record<string, readonly string[]>>
}

async function documentOf(project: DbtProject, name: string): Promise<unknown> {
  return JSON.parse(await readFile(join(project.folder, 'target', name), 'utf8'))
}

describe('functions', () => {
  it('are built before what calls them, and have the place in artefacts that dbt gives them', async () => {
    const project = await DbtProject.create(files)
    await project.output(['build', '--publish', 'immediately'])
    expect(await project.rows('select cents from analytics.paid')).toEqual([{ cents: 81 }])
    const { nodes, functions, parent_map } = (await documentOf(project, 'manifest.json')) as Manifest
    expect(Object.keys(nodes)).toEqual(['model.shop.paid'])
    expect(nodes['model.shop.paid']).toMatchObject({ functions: [['twice_net']] })
    expect(functions['function.shop.net']).toMatchObject({
      resource_type: 'function',
      fqn: ['shop', 'money', 'net'],
      schema: 'analytics',
      relation_name: null,
      config: {
        type: 'scalar',
        volatility: 'deterministic',
        materialized: 'function',
        meta: { unit: 'cents' },
      },
      tags: ['money'],
      arguments: [
        { name: 'amount', data_type: 'integer', description: 'In cents', default_value: null },
        { name: 'rate', data_type: 'integer', description: null, default_value: null },
      ],
      returns: { data_type: 'integer', description: null },
      compiled: true,
      build_path: 'target/run/shop/functions/money/net.sql',
    })
    expect(functions['function.shop.twice_net']).toMatchObject({
      functions: [['net'], ['shop', 'net']],
      depends_on: { nodes: ['function.shop.net'] },
    })
    expect(parent_map['model.shop.paid']).toEqual(['function.shop.twice_net'])
    const { results } = (await documentOf(project, 'run_results.json')) as {
      readonly results: readonly { readonly unique_id: string }[]
    }
    expect(results.map(({ unique_id: id }) => id)).toEqual([
      'function.shop.net',
      'function.shop.twice_net',
      'unit_test.shop.paid.it_is_called',
      'model.shop.paid',
    ])
    expect(results[0]).toMatchObject({ status: 'success', relation_name: null, compiled: true })
  })

  it('are selected, listed and compiled as other resources, and left out of run', async () => {
    const project = await DbtProject.create(files)
    const list = (...args: readonly string[]) => project.output(['ls', '--output', 'selector', ...args])
    expect(await list('--resource-type', 'function')).toBe('shop.money.net\nshop.twice_net')
    expect(await list('--select', '+paid,resource_type:function')).toBe('shop.money.net\nshop.twice_net')
    expect(
      await list('--select', 'net+', '--exclude', 'resource_type:function', 'resource_type:unit_test'),
    ).toBe('shop.paid')
    expect(await project.output(['compile', '--select', 'twice_net'])).toContain('"analytics"."net"(')
    const built = JSON.parse(await project.output(['build', '--select', 'tag:money', '--json']))
    expect(built.nodes.map((node: { unique_id: string }) => node.unique_id)).toEqual(['function.shop.net'])
    await project.output(['build', '--resource-type', 'function'])
    const run = JSON.parse(await project.output(['run', '--json']))
    expect(run.nodes.map((node: { unique_id: string }) => node.unique_id)).toEqual(['model.shop.paid'])
  })

  it('take default values, aggregate, and are replaced where they are', async () => {
    const project = await DbtProject.create({
      'functions/more.sql': 'amount + extra;',
      'functions/widest.sql': "{{ config(type='aggregate') }} max(x) - min(x)",
      'functions/functions.yml': `functions:
  - name: more
    arguments: [{name: amount, data_type: integer}, {name: extra, data_type: integer, default_value: 5}]
    returns: {data_type: bigint}
  - {name: widest, arguments: [{name: x, data_type: integer}], returns: {data_type: bigint}}
`,
      'models/all.sql': `{{ config(materialized='table') }} select {{ function('more') }}(1) as one, {{ function('more') }}(1, 1) as two,
  (select {{ function('widest') }}(i) from range(4) as t(i)) as three`,
    })
    await project.output(['build'])
    await project.write({ 'functions/more.sql': 'select amount * extra' })
    await project.output(['build', '--select', 'more'])
    expect(await project.rows('select * from analytics.all')).toEqual([{ one: 6, two: 2, three: 3 }])
    expect(await project.rows('select analytics.more(3) as n')).toEqual([{ n: 15 }])
  })

  it('are modified when what they take or give is', async () => {
    const project = await DbtProject.create(files)
    await project.output(['parse'])
    await project.write({
      'before/manifest.json': await readFile(join(project.folder, 'target/manifest.json'), 'utf8'),
      'functions/functions.yml': files['functions/functions.yml'].replace(
        'name: rate, data_type: integer',
        'name: rate, data_type: bigint',
      ),
    })
    const changed = ['ls', '--output', 'selector', '--state', 'before', '--select', 'state:modified']
    expect(await project.output(changed)).toBe('shop.money.net')
  })

  it('say what is wrong with them', async () => {
    const project = await DbtProject.create({
      'functions/undescribed.sql': 'select 1',
      'functions/late.sql': 'select a + b',
      'functions/other.js': 'return 1',
      'functions/functions.yml': `functions:
  - name: late
    arguments: [{name: a, data_type: integer, default_value: 1}, {name: b, data_type: integer}]
    returns: {data_type: integer}
`,
      'models/caller.sql': "select {{ function('lat') }}(1)",
    })
    const { code, stderr } = await project.run(['parse'])
    expect(code).toBe(2)
    for (const part of ['WW1222', '"undescribed"', '"b"', 'WW1211', '"other"', 'WW1221', '"lat"']) {
      expect(stderr).toContain(part)
    }
  })
})

describe('functions on Postgres', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await sharedPostgres()
  })
  afterAll(() => server.close())

  it('are created with their types and volatility', async () => {
    const { host, port, user, password } = server
    const target = { type: 'postgres', host, port, user, password, dbname: await server.createDatabase() }
    const dev = JSON.stringify({ ...target, schema: 'analytics', threads: 2, allow_plaintext_password: true })
    const project = await DbtProject.create({
      ...files,
      'profiles.yml': `shop: {target: dev, outputs: {dev: ${dev}}}`,
    })
    await project.output(['build', '--publish', 'immediately'])
    await project.output(['build'])
    expect(await project.rows('select cents from analytics.paid')).toEqual([{ cents: 81 }])
    const known = `select proname, provolatile, pg_get_function_result(oid) as gives
      from pg_proc where pronamespace = 'analytics'::regnamespace order by 1`
    expect(await project.rows(known)).toEqual([
      { proname: 'net', provolatile: 'i', gives: 'integer' },
      { proname: 'twice_net', provolatile: 'i', gives: 'integer' },
    ])
  })
})
