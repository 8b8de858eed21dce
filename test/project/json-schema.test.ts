import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import { afterEach, describe, expect, it } from 'vitest'
import { ProjectErrors } from '../../src/errors/project-errors.ts'
import { loadProject } from '../../src/project/load-project.ts'
import { parseYaml } from '../../src/project/yaml/parse-yaml.ts'

const root = join(import.meta.dirname, '../..')
const folders: string[] = []

afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })))
})

/** The shipped schemas, as an editor would compile them. */
async function validators(): Promise<ReadonlyMap<string, ValidateFunction>> {
  const ajv = new Ajv({ strict: true, strictTypes: false, allErrors: true })
  const folder = join(root, 'schemas')
  const names = await readdir(folder)
  return new Map(
    await Promise.all(
      names.map(async (name): Promise<[string, ValidateFunction]> => {
        const schema: object = JSON.parse(await readFile(join(folder, name), 'utf8'))
        return [name.replace('.json', ''), ajv.compile(schema)]
      }),
    ),
  )
}

function kindOf(path: string): string {
  if (path.startsWith('pipelines/')) return 'pipeline'
  if (path.startsWith('models/')) return 'properties'
  return path.replace(/\.ya?ml$/, '')
}

describe('the JSON Schemas of project files', () => {
  it.each(['examples/flights', 'test/project/fixtures/flights'])(
    'accept every file of %s',
    async (project) => {
      const compiled = await validators()
      const folder = join(root, project)
      const entries = await readdir(folder, { recursive: true, withFileTypes: true })
      const paths = entries
        .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
        .filter((path) => !path.startsWith('.'))
      expect(paths.length).toBeGreaterThan(3)
      for (const path of paths) {
        const validate = compiled.get(kindOf(path))!
        const document = parseYaml(await readFile(join(folder, path), 'utf8'), path, 'core')
        expect({ path, valid: validate(document), errors: validate.errors }).toEqual({
          path,
          valid: true,
          errors: null,
        })
      }
    },
  )

  const pipeline = {
    name: 'orders',
    extract: { source_system: 'shop', files: 'orders.csv' },
    load: { strategy: 'append' },
  }
  const pipelineWith = (more: object) => ({ pipeline: { ...pipeline, ...more } })

  it.each([
    ['an unknown key', 'pipelines/a.yml', pipelineWith({ ownr: 'me' })],
    ['an unknown key below', 'pipelines/a.yml', pipelineWith({ load: { strategy: 'append', keys: ['a'] } })],
    ['an unknown rule', 'pipelines/a.yml', pipelineWith({ quality_gates: { pre_load: [{ not_nul: 'a' }] } })],
    [
      'an unknown operation',
      'pipelines/a.yml',
      pipelineWith({ transform: { stages: [{ name: 'clean', operations: [{ trimm: 'a' }] }] } }),
    ],
    ['an unknown choice', 'pipelines/a.yml', pipelineWith({ load: { strategy: 'apend' } })],
    ['a word for a number', 'pipelines/a.yml', pipelineWith({ sla_minutes: 'soon' })],
    ['a name with a space', 'pipelines/a.yml', pipelineWith({ name: 'my orders' })],
    ['a missing key', 'pipelines/a.yml', { pipeline: { name: 'orders', load: { strategy: 'append' } } }],
    ['an unknown key', 'waterworks.yml', { name: 'shop', target: 'dev' }],
    [
      'an unknown key of a target',
      'waterworks.yml',
      { name: 'shop', targets: { dev: { type: 'duckdb', file: 'x' } } },
    ],
    [
      'a secret command without a command',
      'waterworks.yml',
      { name: 'shop', secrets: { timeout_seconds: 3 } },
    ],
    ['a list for a mapping', 'models/schema.yml', { models: { name: 'a' } }],
  ])('refuse %s in %s, as the parser does', async (_what, path, document) => {
    const validate = (await validators()).get(kindOf(path))!
    expect(validate(document)).toBe(false)
    const project = await mkdtemp(join(tmpdir(), 'waterworks-schema-'))
    folders.push(project)
    await writeFile(join(project, 'waterworks.yml'), 'name: shop\n')
    await mkdir(dirname(join(project, path)), { recursive: true })
    await writeFile(join(project, path), JSON.stringify(document))
    await expect(loadProject(project, { env: {} })).rejects.toBeInstanceOf(ProjectErrors)
  })

  it.each([
    ['pipelines/a.yml', pipelineWith({ sla_minutes: `\${SLA}` })],
    ['pipelines/a.yml', pipelineWith({ load: { strategy: `\${STRATEGY:-append}` } })],
    [
      'waterworks.yml',
      { name: 'shop', targets: { dev: { type: 'postgres', port: `\${PORT}`, user: 'u', database: 'd' } } },
    ],
    ['dbt_project.yml', { name: "{{ env_var('NAME') }}" }],
  ])('take a reference for any value in %s', async (path, document) => {
    const validate = (await validators()).get(kindOf(path))!
    expect({ valid: validate(document), errors: validate.errors }).toEqual({ valid: true, errors: null })
  })
})
