import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DbtProject } from './support/dbt-project.ts'

const files = {
  'models/first.sql': "{{ config(materialized='table') }} select 1 as id",
  'models/middle.sql': "select id from {{ ref('first') }}",
  'models/last.sql': "select id from {{ ref('middle') }}",
  'models/schema.yml': 'models: [{name: first, columns: [{name: id, data_tests: [not_null, unique]}]}]',
}

/** A project that was built in production, its artefacts kept in `state`. */
async function builtInProduction(): Promise<DbtProject> {
  const project = await DbtProject.create(files)
  await project.output(['build', '--target', 'prod'])
  await cp(join(project.folder, 'target'), join(project.folder, 'state'), { recursive: true })
  return project
}

describe('--defer', () => {
  it('reads what is neither there nor built where an earlier run has it', async () => {
    const project = await builtInProduction()
    const middle = ['compile', '--select', 'middle', '--state', 'state']
    expect(await project.output([...middle, '--defer'])).toContain('"production"."first"')
    expect(await project.output(middle)).toContain('"analytics"."first"')
    expect(await project.output(middle, { env: { DBT_DEFER: 'true' } })).toContain('"production"."first"')
    expect(await project.output([...middle, '--no-defer'], { env: { DBT_DEFER: 'true' } })).toContain(
      '"analytics"."first"',
    )
    await project.output(['build', '--select', 'middle+', '--defer', '--state', 'state'])
    expect(await project.rows('select id from analytics.last')).toEqual([{ id: 1 }])
  })

  it('reads what is there, unless the earlier run is favoured and it is not selected', async () => {
    const project = await builtInProduction()
    await project.output(['run'])
    const middle = ['compile', '--select', 'middle', '--defer', '--defer-state', 'state']
    expect(await project.output(middle)).toContain('"analytics"."first"')
    expect(await project.output([...middle, '--favor-state'])).toContain('"production"."first"')
    await project.output([
      'compile',
      '--select',
      'first',
      'middle',
      '--favor-state',
      '--defer',
      '--state',
      'state',
    ])
    const { stdout } = await project.run([
      'compile',
      '--json',
      '--select',
      'first',
      'middle',
      ...middle.slice(3),
    ])
    expect(stdout).toContain('\\"analytics\\".\\"first\\"')
  })

  it('tests what is read', async () => {
    const project = await builtInProduction()
    const test = ['test', '--select', 'first']
    expect((await project.run(test)).code).toBe(1)
    await project.output([...test, '--defer', '--state', 'state'])
  })

  it('needs an earlier run', async () => {
    const project = await DbtProject.create(files)
    expect((await project.run(['compile', '--defer'])).stderr).toContain('WW1304')
    await project.write({ 'state/run_results.json': '{}' })
    const { stderr } = await project.run(['compile', '--defer', '--state', 'state'])
    expect(stderr).toContain('There is no manifest.json in state')
  })
})

describe('--empty and --sample', () => {
  const sampled = {
    'models/events.sql': `{{ config(materialized='table', event_time='happened_at') }}
select n as id, timestamp '2026-01-01' + n * interval 12 hour as happened_at from range(10) as t(n)`,
    'models/counted.sql':
      "{{ config(materialized='table') }} select count(*) as n from {{ ref('events') }} as e",
    'models/schema.yml':
      'models: [{name: events, columns: [{name: id, data_tests: [{accepted_values: {values: [-1]}}]}]}]',
  }

  it('leave rows out of what is read', async () => {
    const project = await DbtProject.create(sampled)
    await project.output(['run'])
    expect(await project.rows('select n from analytics.counted')).toEqual([{ n: 10 }])
    await project.output(['run', '--sample', "{'start': '2026-01-02', 'end': '2026-01-04'}"])
    expect(await project.rows('select n from analytics.counted')).toEqual([{ n: 4 }])
    await project.output(['run', '--empty'])
    expect(await project.rows('select n from analytics.counted')).toEqual([{ n: 0 }])
  })

  it('leave tests nothing to find', async () => {
    const project = await DbtProject.create(sampled)
    expect((await project.run(['build'])).code).toBe(1)
    await project.output(['build', '--empty'])
  })

  it('of a wrong time are refused', async () => {
    const project = await DbtProject.create(sampled)
    expect((await project.run(['run', '--sample', 'some days'])).stderr).toContain('--sample takes a number')
    const { stderr } = await project.run(['run', '--sample', "{'start': 'soon', 'end': '2026-01-04'}"])
    expect(stderr).toContain('start of --sample is no time: soon')
  })
})
