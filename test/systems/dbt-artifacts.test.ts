import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { preparePython } from '../../scripts/python-program.ts'
import { catalogArtifact } from '../../src/dbt/artifacts/catalog-artifact.ts'
import type { CompiledNode } from '../../src/dbt/artifacts/compiled-node.ts'
import { graphSummary } from '../../src/dbt/artifacts/graph-summary.ts'
import { manifestArtifact } from '../../src/dbt/artifacts/manifest-artifact.ts'
import { runResultsArtifact } from '../../src/dbt/artifacts/run-results-artifact.ts'
import { semanticManifest } from '../../src/dbt/artifacts/semantic-manifest.ts'
import { sourcesArtifact } from '../../src/dbt/artifacts/sources-artifact.ts'
import type { Manifest } from '../../src/dbt/manifest/manifest.ts'
import { waterworks } from '../cli/support/waterworks.ts'
import { everyKind, sampleSource } from '../dbt/artifacts/sample-manifest.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const document = z.record(z.string(), z.unknown())
const told = z.object({
  build: z.record(z.string(), document),
  'docs generate': z.record(z.string(), document),
  schemas: z.record(z.string(), document),
})

const python = preparePython(
  {
    script: here('../dbt/artifacts/real-dbt.py'),
    packages: ['dbt-core==1.10.23', 'dbt-duckdb==1.11.1', 'duckdb==1.5.6'],
  },
  (reason) => console.error(`The suite of artifacts beside real dbt did not run: ${reason}`),
)

describe.skipIf(python === undefined)('artifacts beside real dbt', () => {
  const folder = mkdtempSync(join(tmpdir(), 'waterworks-artifacts-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const real = (() => {
    if (python === undefined) return told.parse({ build: {}, 'docs generate': {}, schemas: {} })
    cpSync(here('../dbt/artifacts/project'), folder, { recursive: true })
    python.run([folder, join(folder, 'told.json')])
    return told.parse(JSON.parse(readFileSync(join(folder, 'told.json'), 'utf8')))
  })()

  describe.each(['build', 'docs generate'] as const)('after %s', (step) => {
    const files = real[step]

    it('a manifest taken apart and written again is the same', () => {
      expect(inOrder(rewrittenManifest(files['manifest']!))).toBe(inOrder(files['manifest']!))
    })

    it('the results of a run are the same', () => {
      const { results, args } = parsedResults(files['run_results'])
      const { manifest, compilation } = takenApart(files['manifest']!)
      const ours = runResultsArtifact(manifest, results.map(nodeResult), {
        ...when(files['run_results']!),
        compilation: new Map([...compilation, ...unitTestCode(results)]),
        elapsedTime: 0,
        args,
      })
      const { results: written } = parsedResults(ours)
      expect(inOrder({ results: written })).toBe(inOrder({ results }))
    })

    it('the graph and the semantic layer are the same', () => {
      const { manifest } = takenApart(files['manifest']!)
      const { linked } = graphSummary(manifest, when(files['manifest']!).invocation)
      expect(inOrder({ linked })).toBe(inOrder({ linked: files['graph_summary']!['linked'] }))
      expect(inOrder(semanticManifest(manifest))).toBe(inOrder(files['semantic_manifest']!))
    })
  })

  it('the catalogue of the same warehouse is the same', async () => {
    expect(await waterworks(folder, ['docs', 'generate', '--no-compile'])).toMatchObject({ code: 0 })
    const ours = document.parse(JSON.parse(readFileSync(join(folder, 'target/catalog.json'), 'utf8')))
    const { nodes, sources } = real['docs generate']['catalog']!
    expect(ours).toMatchObject({ errors: null })
    expect([ours['nodes'], ours['sources']]).toEqual([nodes, sources])
  })

  describe('dbt’s JSON Schemas', () => {
    const validator = (name: string) =>
      new Ajv2020({ strict: false, allErrors: true, validateFormats: false }).compile(real.schemas[name]!)
    const moment = new Date('2026-01-31T06:00:00Z')
    const options = { invocation: { id: 'i', startedAt: moment, env: {} }, generatedAt: moment }
    const compilation = new Map([['model.shop.orders', { code: 'select 1', extraCtes: [], macros: [] }]])

    it.each([
      [
        'manifest',
        manifestArtifact(everyKind(), {
          ...options,
          adapterType: 'duckdb',
          quoting: {},
          target: 'target',
          compilation,
          ran: new Set(['model.shop.orders']),
        }),
      ],
      [
        'run_results',
        runResultsArtifact(
          everyKind(),
          Object.keys(everyKind().nodes).map((id) => nodeResult({ ...passing, unique_id: id })),
          { ...options, compilation, elapsedTime: 1, args: {} },
        ),
      ],
      ['catalog', catalogArtifact(everyKind(), [], { ...options, selected: undefined, errors: [] })],
      [
        'sources',
        sourcesArtifact(
          [{ source: sampleSource('gone'), status: 'runtime error', message: 'gone', executionTime: 1 }],
          { ...options, elapsedTime: 1 },
        ),
      ],
    ])('hold for what is written: %s', (name, ours) => {
      const validate = validator(name)
      validate(ours)
      expect(validate.errors).toBeNull()
      validate({ ...ours, metadata: undefined })
      expect(validate.errors).not.toBeNull()
    })
  })
})

/** As text, so that the order of keys counts; without what differs by the clock's and the program's own doing. */
function inOrder(artifact: Readonly<Record<string, unknown>>): string {
  const { metadata, ...rest } = artifact
  const head = document.catch({}).parse(metadata)
  const plain = { ...head, dbt_version: '', generated_at: '', invocation_started_at: '' }
  return JSON.stringify({ metadata: plain, ...rest }, undefined, 1)
}

const codeFields = z.looseObject({
  unique_id: z.string(),
  compiled: z.boolean().optional(),
  compiled_code: z.string().optional(),
  extra_ctes: z.array(z.object({ id: z.string(), sql: z.string() })).optional(),
  build_path: z.string().nullish(),
})

const metadataFields = z.object({ invocation_id: z.string(), project_name: z.string().optional() })

function when(artifact: Readonly<Record<string, unknown>>) {
  const { invocation_id: id } = metadataFields.parse(artifact['metadata'])
  return { invocation: { id, startedAt: new Date(0), env: {} }, generatedAt: new Date(0) }
}

/** A manifest that dbt wrote, as what parsing and compiling would have given. */
function takenApart(written: Readonly<Record<string, unknown>>) {
  const nodes = Object.values(z.record(z.string(), codeFields).parse(written['nodes']))
  const manifest = z
    .custom<Manifest>((value) => document.safeParse(value).success)
    .parse({ ...written, project_name: metadataFields.parse(written['metadata']).project_name })
  const compilation = new Map<string, CompiledNode>(
    nodes.flatMap(({ unique_id, compiled, compiled_code, extra_ctes }) =>
      compiled === true
        ? [[unique_id, { code: compiled_code ?? '', extraCtes: extra_ctes ?? [], macros: [] }]]
        : [],
    ),
  )
  const ran = new Set(nodes.flatMap(({ unique_id, build_path }) => (build_path ? [unique_id] : [])))
  return { manifest, compilation, ran }
}

function rewrittenManifest(written: Readonly<Record<string, unknown>>) {
  const { manifest, compilation, ran } = takenApart(written)
  return manifestArtifact(manifest, {
    ...when(written),
    adapterType: 'duckdb',
    quoting: { database: true, schema: true, identifier: true },
    target: 'target',
    compilation,
    ran,
  })
}

const moment = z.string().transform((text) => new Date(text))
const resultFields = z.object({
  status: z.enum(['success', 'error', 'skipped', 'pass', 'fail', 'warn', 'no-op', 'partial success']),
  timing: z.array(
    z.object({ name: z.enum(['compile', 'execute']), started_at: moment, completed_at: moment }),
  ),
  thread_id: z.string(),
  execution_time: z.number(),
  adapter_response: document,
  message: z.string().nullable(),
  failures: z.number().nullable(),
  unique_id: z.string(),
  compiled: z.boolean().nullish(),
  compiled_code: z.string().nullish(),
  relation_name: z.string().nullish(),
  batch_results: z.null().optional(),
})
type ResultFields = z.infer<typeof resultFields>

const passing: ResultFields = {
  status: 'success',
  timing: [],
  thread_id: 'main',
  execution_time: 1,
  adapter_response: {},
  message: null,
  failures: null,
  unique_id: '',
}

function parsedResults(artifact: unknown) {
  return z.object({ results: z.array(resultFields), args: document }).parse(artifact)
}

function nodeResult(result: ResultFields) {
  return {
    uniqueId: result.unique_id,
    status: result.status,
    timing: result.timing.map(({ name, started_at, completed_at }) => ({
      name,
      startedAt: started_at,
      completedAt: completed_at,
    })),
    threadId: result.thread_id,
    executionTime: result.execution_time,
    adapterResponse: result.adapter_response,
    message: result.message,
    failures: result.failures,
  }
}

function unitTestCode(results: readonly ResultFields[]): readonly (readonly [string, CompiledNode])[] {
  return results.flatMap(({ unique_id, compiled_code }) =>
    unique_id.startsWith('unit_test.') && typeof compiled_code === 'string'
      ? [[unique_id, { code: compiled_code, extraCtes: [], macros: [] }]]
      : [],
  )
}
