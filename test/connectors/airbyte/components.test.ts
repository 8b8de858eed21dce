import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { componentTable } from '../../../src/connectors/airbyte/component-table.ts'
import { FakeApi } from '../../support/fake-api.ts'
import { runScenario } from './run-scenario.ts'
import { scenarios } from './scenarios.ts'

let api: FakeApi
beforeAll(async () => {
  api = await FakeApi.start(() => ({ json: {} }))
})
afterAll(() => api.close())

describe('components, each read from a fake API', () => {
  it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', async (name, scenario) => {
    const { requests, records, state } = await runScenario(scenario, api)
    const port = new RegExp(api.url, 'g')
    const text = JSON.stringify({ requests, records, state }, null, 1)
      .replace(port, '<api>')
      .replace(/"lookback_window": \d+/, '"lookback_window": 0')
    await expect(`${text}\n`).toMatchFileSnapshot(`goldens/${name.replaceAll(/\W+/g, '-')}.txt`)
  })

  it('says in the documentation which there are', () => {
    const page = readFileSync(new URL('../../../docs/manifests.md', import.meta.url), 'utf8')
    const [table = ''] = page.split('## Supported components')[1]?.split('Not yet:') ?? []
    const named = new Set(table.match(/\b[A-Z][A-Za-z]+\b/g))
    const known = Object.values(componentTable).flatMap((types) => [...types.keys()])
    expect(known.filter((type) => !named.has(type))).toEqual([])
  })

  it('leaves none out', () => {
    const proved = new Set(scenarios.flatMap((scenario) => scenario.proves))
    const known = Object.values(componentTable).flatMap((types) => [...types.keys()])
    const later = [
      'JwtAuthenticator',
      'ZipfileDecoder',
      'JsonDecoder',
      'JsonFileSchemaLoader',
      'DynamicSchemaLoader',
    ]
    expect(known.filter((type) => !proved.has(type)).toSorted()).toEqual(later.toSorted())
  })
})
