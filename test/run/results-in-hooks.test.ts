import { expect, it } from 'vitest'
import { suiteEngine } from '../support/engines.ts'
import { RunProject } from '../support/run-project.ts'

const test = suiteEngine('duckdb')

it('what a run did is known to hooks at its end: as objects, and as dictionaries', async () => {
  const project = await RunProject.create(test.engine, {
    'dbt_project.yml': 'name: shop\non-run-end: "{{ note(results) }}"\n',
    'macros/note.sql': `{% macro note(results) %}{% for result in results -%}
{%- set all = result.to_dict() -%}
{%- do run_query("insert into analytics.notes values ('" ~ result.node.name ~ ' ' ~ result.status ~ ' ' ~ all['node']['name']
  ~ ' ' ~ result.node.to_dict().get('resource_type') ~ ' ' ~ all.get('status') ~ ' ' ~ all.get('nothing', 'else') ~ ' ' ~ all['timing'][0]['started_at'][:2]
  ~ ' ' ~ result.timing[0].to_dict().get('name') ~ ' ' ~ result.timing[0].started_at.strftime('%Z') ~ "')") -%}
{%- endfor %}{% endmacro %}`,
    'models/notes.sql': "{{ config(materialized='table') }}select 'begun' as note",
  })
  await project.build({ publish: 'immediately' })
  expect(await project.rows('select note from analytics.notes order by 1')).toEqual([
    { note: 'begun' },
    { note: 'notes success notes model success else 20 execute UTC' },
  ])
})
