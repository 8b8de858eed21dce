import { hash } from 'node:crypto'
import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { DbtPackage, PackageFile } from '../../project/package.ts'
import { scanBlocks } from '../macros/scan-blocks.ts'
import type { ManifestNode, ManifestSeed, ManifestSnapshot } from '../manifest/manifest-node.ts'
import { parseReference } from '../reference.ts'
import { attempt } from './attempt.ts'
import { bodyOf } from './block-body.ts'
import { nodeDefaults } from './config-rules.ts'
import { type Candidate, ownerOf } from './owner-of.ts'
import type { ParseScope } from './parse-scope.ts'
import type { ParsedNodes } from './parsed-nodes.ts'
import type { Described } from './properties-index.ts'
import { propertiesOf, type ResourceProperties } from './resource-properties.ts'
import { readSqlNode } from './sql-node.ts'

/** What properties files say of resources, by package and name with `\0` between. */
type ByName = ReadonlyMap<string, ResourceProperties>

/** Parses seeds into `nodes`. */
export function parseSeeds(scope: ParseScope, nodes: ParsedNodes): void {
  const names = scope.packages.flatMap(({ name, seeds }) => seeds.map((seed) => candidate(name, seed)))
  const properties = describedBy(scope, 'seeds', names)
  for (const one of scope.packages) {
    for (const seed of one.seeds) {
      const own = properties.get(`${one.name}\0${seed.name}`)
      const text = { text: '', shown: seed.shown, firstLine: 1 }
      const parsed = attempt(scope.diagnostics, () =>
        readSqlNode(
          {
            package: one,
            resourceType: 'seed',
            kind: 'seeds',
            name: seed.name,
            uniqueId: `seed.${one.name}.${seed.name}`,
            fqn: candidate(one.name, seed).fqn,
            path: seed.below,
            originalFilePath: seed.path,
            text,
            checksum: seed.checksum,
            properties: own,
          },
          scope,
        ),
      )
      if (!parsed) continue
      const node: ManifestSeed = { ...parsed.base, resource_type: 'seed', root_path: one.root }
      nodes.add(node, { file: text, properties: own }, parsed.enabled)
    }
  }
}

/** Parses snapshots into `nodes`: blocks of SQL files, and entries of properties files that say what they record. */
export function parseSnapshots(scope: ParseScope, nodes: ParsedNodes): void {
  const blocks = scope.packages.flatMap((one) =>
    one.snapshots.flatMap((file) =>
      scanBlocks(file.text)
        .filter(({ tag }) => tag === 'snapshot')
        .map((block) => ({ one, file, block })),
    ),
  )
  const names = blocks.map(({ one, file, block }) => ({
    ...candidate(one.name, file),
    name: block.name,
  }))
  const inYaml = scope.properties.all('snapshots').filter(({ entry }) => entry.relation)
  const properties = describedBy(scope, 'snapshots', [
    ...names,
    ...inYaml.map(({ packageName, entry, document }) =>
      candidate(packageName, { name: entry.name, below: `${document.below}/${entry.name}` }),
    ),
  ])
  const parse = (one: DbtPackage, name: string, draft: Parameters<typeof readSqlNode>[0]) => {
    const parsed = attempt(scope.diagnostics, () => readSqlNode(draft, scope))
    if (!parsed) {
      nodes.addFailed(name)
      return
    }
    const node: ManifestSnapshot = { ...parsed.base, resource_type: 'snapshot' }
    nodes.add(node, { file: draft.text, properties: properties.get(`${one.name}\0${name}`) }, parsed.enabled)
  }
  for (const { one, file, block } of blocks) {
    const body = bodyOf(file.text, block)
    const before = file.text.slice(0, body.start)
    parse(one, block.name, {
      package: one,
      resourceType: 'snapshot',
      kind: 'snapshots',
      name: block.name,
      uniqueId: `snapshot.${one.name}.${block.name}`,
      fqn: [one.name, ...file.below.replace(/\.sql$/, '').split('/'), block.name],
      path: file.below,
      originalFilePath: file.path,
      text: { text: body.text, shown: file.shown, firstLine: file.firstLine + before.split('\n').length - 1 },
      checksum: { name: 'sha256', checksum: hash('sha256', file.text) },
      properties: properties.get(`${one.name}\0${block.name}`),
    })
  }
  for (const { entry, packageName, document, origin } of inYaml) {
    const one = scope.packages.find(({ name }) => name === packageName)!
    if (!parseReference(entry.relation!)) {
      scope.diagnostics.error(
        new WaterworksError('WW1212', {
          message: `The snapshot "${entry.name}" cannot read "${entry.relation}" as its relation.`,
          location: scope.locate({ ...origin, path: [...origin.path, 'relation'] }),
          hint: "Write relation: ref('model') or relation: source('source', 'table').",
        }),
      )
      continue
    }
    parse(one, entry.name, {
      package: one,
      resourceType: 'snapshot',
      kind: 'snapshots',
      name: entry.name,
      uniqueId: `snapshot.${packageName}.${entry.name}`,
      fqn: [packageName, ...document.below.split('/').slice(0, -1), entry.name],
      path: `${document.below}/${entry.name}.sql`,
      originalFilePath: document.path,
      text: { text: `select * from {{ ${entry.relation} }}`, shown: document.shown, firstLine: 1 },
      checksum: { name: 'sha256', checksum: document.checksum },
      properties: properties.get(`${packageName}\0${entry.name}`),
    })
  }
}

type Simple = { readonly node: Omit<ManifestNode, 'resource_type'>; readonly enabled: boolean }

/** Parses analyses into `nodes`. */
export function parseAnalyses(scope: ParseScope, nodes: ParsedNodes): void {
  const names = scope.packages.flatMap(({ name, analyses }) => analyses.map((file) => candidate(name, file)))
  const properties = describedBy(scope, 'analyses', names)
  for (const one of scope.packages) {
    for (const file of one.analyses) {
      const own = properties.get(`${one.name}\0${file.name}`)
      const parsed = parseSimple(scope, one, file, own, {
        resourceType: 'analysis',
        kind: 'models',
        defaults: nodeDefaults,
        fqn: [one.name, 'analysis', ...file.below.split('/').slice(0, -1), file.name],
        path: `analysis/${file.below}`,
      })
      if (!parsed) continue
      nodes.add(
        { ...parsed.node, resource_type: 'analysis', relation_name: null },
        { file, properties: own },
        parsed.enabled,
      )
    }
  }
}

/** Parses tests that are a query of their own into `nodes`. */
export function parseSingularTests(scope: ParseScope, nodes: ParsedNodes): void {
  const names = scope.packages.flatMap(({ name, singularTests }) =>
    singularTests.map((file) => candidate(name, file)),
  )
  const properties = describedBy(scope, 'data_tests', names)
  for (const one of scope.packages) {
    for (const file of one.singularTests) {
      if (scanBlocks(file.text).some(({ tag }) => tag === 'test')) continue
      const own = properties.get(`${one.name}\0${file.name}`)
      const parsed = parseSimple(scope, one, file, own, {
        resourceType: 'test',
        kind: 'data_tests',
        fqn: [one.name, ...file.below.split('/').slice(0, -1), file.name],
        path: file.below,
      })
      if (!parsed) continue
      nodes.add(
        {
          ...parsed.node,
          resource_type: 'test',
          column_name: null,
          file_key_name: null,
          attached_node: null,
        },
        { file, properties: own },
        parsed.enabled,
      )
    }
  }
}

function parseSimple(
  scope: ParseScope,
  one: DbtPackage,
  file: PackageFile,
  properties: ResourceProperties | undefined,
  rest: Pick<Parameters<typeof readSqlNode>[0], 'resourceType' | 'kind' | 'defaults' | 'fqn' | 'path'>,
): Simple | undefined {
  const parsed = attempt(scope.diagnostics, () =>
    readSqlNode(
      {
        ...rest,
        package: one,
        name: file.name,
        uniqueId: `${rest.resourceType}.${one.name}.${file.name}`,
        originalFilePath: file.path,
        text: file,
        checksum: { name: 'sha256', checksum: hash('sha256', file.text) },
        properties,
      },
      scope,
    ),
  )
  return parsed && { node: parsed.base, enabled: parsed.enabled }
}

type Describable = Parameters<typeof propertiesOf>[0]['entry']
type DescribedSection = 'seeds' | 'snapshots' | 'analyses' | 'data_tests'

/** The properties of resources, whose packages and names are given. Warns of entries for what is not there (WW1207). */
function describedBy(scope: ParseScope, section: DescribedSection, known: readonly Candidate[]): ByName {
  const kind = section === 'analyses' ? 'models' : section
  const byName = Map.groupBy(known, ({ name }) => name)
  const found = new Map<string, ResourceProperties>()
  for (const described of scope.properties.all(section)) {
    const { entry, packageName, origin } = described
    const owner = ownerOf(packageName, byName.get(entry.name) ?? [], kind, scope.configs)
    if (owner === undefined) {
      warnOfNone(section, described, known, scope)
      continue
    }
    const key = `${owner}\0${entry.name}`
    const other = found.get(key)
    if (other) {
      const place = scope.locate(other.origin)
      scope.diagnostics.error(
        new WaterworksError('WW1032', {
          message: `the ${singular(section)} "${entry.name}" is described twice`,
          location: scope.locate(origin),
          hint: `It is in ${place.file}:${place.line} as well.`,
        }),
      )
    } else found.set(key, propertiesOf<Describable>({ ...described, entry }))
  }
  return found
}

function candidate(packageName: string, { name, below }: Pick<PackageFile, 'name' | 'below'>): Candidate {
  return { packageName, name, fqn: [packageName, ...below.split('/').slice(0, -1), name] }
}

function warnOfNone(
  section: DescribedSection,
  { entry, origin }: Described<{ readonly name: string }>,
  known: readonly Candidate[],
  scope: ParseScope,
): void {
  const near = suggest(
    entry.name,
    known.map(({ name }) => name),
  )
  scope.diagnostics.warn(
    new WaterworksError('WW1207', {
      message: `There is no ${singular(section)} "${entry.name}"; its description and tests are left out.`,
      location: scope.locate(origin),
      hint: near ? `Did you mean "${near}"?` : undefined,
    }),
  )
}

function singular(section: DescribedSection): string {
  return { seeds: 'seed', snapshots: 'snapshot', analyses: 'analysis', data_tests: 'test' }[section]
}
