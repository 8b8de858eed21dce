import { describe, expect, it } from 'vitest'
import { suiteEngine, testEngines } from '../support/engines.ts'
import { RunProject } from '../support/run-project.ts'

const files = {
  'macros/refuse.sql':
    "{% macro refuse() %}{% if execute %}{{ exceptions.raise_compiler_error('not on ' ~ target.type) }}{% endif %}{% endmacro %}",
  'models/sound.sql': 'select 1 as id',
  'models/refused.sql': "{{ config(materialized='table') }}{{ refuse() }} select 1 as id",
  'models/below.sql': "select * from {{ ref('refused') }}",
  'models/folded.sql': "{{ config(materialized='ephemeral') }}{{ refuse() }} select 1 as id",
  'models/reads_folded.sql': "select * from {{ ref('folded') }}",
  'tests/refuses.sql': "{{ refuse() }} select * from {{ ref('sound') }}",
  'analyses/refused_too.sql': '{{ refuse() }}',
  'models/chooses_late.sql': "select * from {{ source('here', 'given') if execute else ref('plain') }}",
  'models/plain.sql': 'select 1 as id',
  'models/sources.yml':
    'sources: [{name: here, schema: analytics, tables: [{name: given, identifier: plain}]}]\n',
}

describe.each(Object.keys(testEngines))('templates that fail on %s', (name) => {
  const test = suiteEngine(name)

  it.each(['immediately', 'after_tests'] as const)('are faults of their nodes alone, %s', async (publish) => {
    const project = await RunProject.create(test.engine, files)
    const report = await project.build({ publish })
    const said = (node: string) => [report.node(node).status, report.node(node).message]
    expect(said('refused')).toEqual(['failed', `WW2101 not on ${name}`])
    expect(said('reads_folded')).toEqual(['failed', `WW2101 not on ${name}`])
    expect(report.node('below').status).toBe('skipped')
    expect(report.node('chooses_late').status).toBe('success')
    const results = report.nodes.flatMap(({ checks }) => checks)
    expect(results).toMatchObject([{ name: 'refuses', status: 'error', message: `not on ${name}` }])
    // Its test is a gate of it, and gates nothing when it is published at once.
    expect(report.node('sound').status).toBe(publish === 'immediately' ? 'success' : 'failed')
  })
})
