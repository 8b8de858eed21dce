import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Origins } from '../../../src/api-manifest/origins.ts'
import { readManifest } from '../../../src/api-manifest/read-manifest.ts'
import { checkManifest } from '../../../src/connectors/airbyte/check-manifest.ts'
import { componentTable } from '../../../src/connectors/airbyte/component-table.ts'
import { FakeApi } from '../../support/fake-api.ts'
import { runScenario } from './run-scenario.ts'
import { manifestOf, type Scenario } from './scenario.ts'
import { scenarios } from './scenarios.ts'

let api: FakeApi
/** What was read as it is to be read, in this very run. */
const read: Scenario[] = []
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
    const used = typesOf(scenario)
    expect(scenario.proves.filter((type) => !used.has(type))).toEqual([])
    read.push(scenario)
  })

  it('leaves none out', () => {
    const proved = new Set(scenarios.flatMap((scenario) => scenario.proves))
    const known = Object.values(componentTable).flatMap((types) => [...types.keys()])
    expect(known.filter((type) => !proved.has(type))).toEqual([])
  })

  it('are those of the documentation, which has what was read here and nothing else', async ({ skip }) => {
    if (read.length < scenarios.length) skip('not all of them were read')
    await expect(page()).toMatchFileSnapshot('../../../docs/manifest-components.md')
  })
})

/** The types of components that a scenario's manifest uses, those it leaves to be inferred included. */
function typesOf(scenario: Scenario): ReadonlySet<string> {
  const place = { file: 'manifest.yaml', line: 1, column: 1 }
  const manifest = readManifest(manifestOf(scenario), new Origins(() => place))
  const rules = JSON.stringify(manifest.document['spec'] ?? {}).matchAll(/"type":"([A-Z]\w+)"/g)
  return new Set([
    ...checkManifest(manifest).map(({ type }) => type),
    ...[...rules].map(([, type]) => type ?? ''),
  ])
}

function page(): string {
  const purposes = new Map<string, string>()
  for (const [role, types] of Object.entries(componentTable)) {
    for (const type of types.keys()) purposes.set(type, role)
  }
  const proved = new Set(read.flatMap(({ proves }) => proves))
  const lines = [...proved].toSorted().map((type) => {
    const own = read.filter(({ proves }) => proves.includes(type))
    const beside = own.filter(({ differs }) => differs === undefined).length
    return `| ${type} | ${purposes.get(type) ?? ''} | ${own.length} | ${beside === 0 ? '' : beside} |`
  })
  return `# Components of manifests

Written by the suite that reads a stream with each of them from a server of its own (\`test/connectors/airbyte\`): a component that was not
run, or read something else than is recorded, cannot be here. The last column counts the streams that \`npm run test:systems\` reads with
airbyte-cdk as well, and compares: what was asked of the server, what came, and the state.

| type | what it is for | streams read | of them with airbyte-cdk |
| --- | --- | ---: | ---: |
${lines.join('\n')}

Where a stream is not compared:

${read
  .filter(({ differs }) => differs !== undefined)
  .map(({ name, differs }) => `* ${name}: ${differs}.`)
  .join('\n')}
`
}
