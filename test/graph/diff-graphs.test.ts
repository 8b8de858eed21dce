import { describe, expect, it } from 'vitest'
import { diffGraphs } from '../../src/graph/diff-graphs.ts'
import { check, graphOf, model, pipeline, samplePipeline, source } from './sample-graph.ts'

describe('the difference of two graphs', () => {
  const before = graphOf(
    model({ name: 'a' }),
    model({ name: 'b' }),
    model({ name: 'gone' }),
    pipeline({ name: 'p' }),
    source({ name: 's.t', source: 's', table: 't' }),
    check({ name: 'c' }),
  )

  it('is nothing between equal ones', () => {
    expect(diffGraphs(before, before)).toEqual({ added: [], removed: [], changed: [] })
  })

  it('names what came, went and changed, and whether results may', () => {
    const after = graphOf(
      model({
        name: 'a',
        compiledSql: 'select 2',
        materialization: 'view',
        fingerprint: 'a v2',
        dependsOn: ['model.shop.new'],
      }),
      model({ name: 'b', description: 'Words.' }),
      model({ name: 'new' }),
      pipeline({ name: 'p', pipeline: samplePipeline('p', { schedule: '0 6 * * *' }) }),
      source({
        name: 's.t',
        source: 's',
        table: 't',
        relation: { schema: 'x', name: 'y' },
        fingerprint: 's v2',
      }),
      check({
        name: 'c',
        check: { name: 'c', rule: { rule: 'row_count', min: 2 }, severity: 'warn' },
        fingerprint: 'c v2',
      }),
    )
    expect(diffGraphs(before, after)).toEqual({
      added: ['model.shop.new'],
      removed: ['model.shop.gone'],
      changed: [
        { uniqueId: 'model.shop.a', parts: ['materialization', 'parents', 'query'], affectsResult: true },
        { uniqueId: 'model.shop.b', parts: ['description'], affectsResult: false },
        { uniqueId: 'pipeline.shop.p', parts: ['schedule'], affectsResult: false },
        { uniqueId: 'source.shop.s.t', parts: ['relation'], affectsResult: true },
        { uniqueId: 'test.shop.c', parts: ['rule', 'severity'], affectsResult: true },
      ],
    })
  })
})
