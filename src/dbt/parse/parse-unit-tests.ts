import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Origin } from '../../project/origin.ts'
import type { DbtPackage } from '../../project/package.ts'
import type { UnitTestEntry } from '../../project/schema/properties-file.ts'
import type { ManifestModel } from '../manifest/manifest-node.ts'
import type { ManifestUnitTest, UnitTestRows } from '../manifest/manifest-unit-test.ts'
import { attempt } from './attempt.ts'
import { recordOf } from './column-info.ts'
import { readCsvRows } from './csv-rows.ts'
import type { ParseScope } from './parse-scope.ts'
import type { ParsedNodes } from './parsed-nodes.ts'
import type { Described } from './properties-index.ts'
import { unitTestChecksum } from './unit-test-checksum.ts'

/**
 * The unit tests of all packages, by unique id: one for each version of a model that has several. Problems: WW1201 for a model that
 * is not there, WW1208 for rows that do not fit their format.
 */
export function parseUnitTests(scope: ParseScope, nodes: ParsedNodes): ReadonlyMap<string, ManifestUnitTest> {
  const tests = new Map<string, ManifestUnitTest>()
  const models = new Map<string, ManifestModel[]>()
  for (const node of nodes.enabled.values()) {
    if (node.resource_type === 'model') models.set(node.name, [...(models.get(node.name) ?? []), node])
  }
  for (const described of scope.properties.all('unit_tests')) {
    const { entry, packageName, origin } = described
    const tested = (models.get(entry.model) ?? []).filter((model) => isMeant(model, entry, packageName))
    if (tested.length === 0) {
      if (!isKnownDisabled(entry.model, nodes)) noteUnknown(described, models.keys(), scope)
      continue
    }
    for (const model of tested) {
      const test = attempt(scope.diagnostics, () => unitTest(described, model, scope))
      if (!test || test.config['enabled'] === false) continue
      if (tests.has(test.unique_id)) {
        const message = `the unit test "${entry.name}" is described twice`
        scope.diagnostics.error(new WaterworksError('WW1032', { message, location: scope.locate(origin) }))
        continue
      }
      tests.set(test.unique_id, test)
      nodes.places.set(test.unique_id, { properties: { origin } })
    }
  }
  return tests
}

function isMeant(model: ManifestModel, { versions }: UnitTestEntry, packageName: string): boolean {
  if (model.package_name !== packageName) return false
  if (model.version === null || !versions) return true
  const version = String(model.version)
  const { include, exclude } = versions
  if (include) return include.some((one) => String(one) === version)
  return !(exclude ?? []).some((one) => String(one) === version)
}

function isKnownDisabled(name: string, nodes: ParsedNodes): boolean {
  if (nodes.failed.has(name)) return true
  return [...nodes.disabled.values()]
    .flat()
    .some((node) => node.resource_type === 'model' && node.name === name)
}

function noteUnknown(
  { entry, origin }: Described<UnitTestEntry>,
  models: Iterable<string>,
  scope: ParseScope,
): void {
  const near = suggest(entry.model, models)
  scope.diagnostics.error(
    new WaterworksError('WW1201', {
      message: `The unit test "${entry.name}" tests the model "${entry.model}", which does not exist.`,
      location: scope.locate({ ...origin, path: [...origin.path, 'model'] }),
      hint: near ? `Did you mean "${near}"?` : undefined,
    }),
  )
}

function unitTest(
  { entry, packageName, document, origin }: Described<UnitTestEntry>,
  model: ManifestModel,
  scope: ParseScope,
): ManifestUnitTest {
  const suffix = model.version === null ? '' : `_v${model.version}`
  const folders = document.path.split('/').slice(1, -1)
  const fqn = [packageName, ...folders, entry.model, entry.name]
  const config = scope.configs.merged('unit_tests', packageName, fqn, {
    properties: {
      ...entry.config,
      ...(entry.tags ? { tags: entry.tags } : {}),
      ...(entry.meta ? { meta: entry.meta } : {}),
    },
  })
  const one = scope.packages.find(({ name }) => name === packageName)!
  const given = (entry.given ?? []).map((input, index) => ({
    input: input.input,
    ...rowsOf(entry, input, one, { ...origin, path: [...origin.path, 'given', index] }, scope),
  }))
  const expect = rowsOf(entry, entry.expect, one, { ...origin, path: [...origin.path, 'expect'] }, scope)
  const overrides = entry.overrides
    ? {
        macros: recordOf(entry.overrides.macros),
        vars: recordOf(entry.overrides.vars),
        env_vars: recordOf(entry.overrides.env_vars),
      }
    : null
  const versions = entry.versions
    ? { include: entry.versions.include ?? null, exclude: entry.versions.exclude ?? null }
    : null
  return {
    resource_type: 'unit_test',
    unique_id: `unit_test.${packageName}.${entry.model}.${entry.name}${suffix}`,
    name: entry.name,
    package_name: packageName,
    path: document.below,
    original_file_path: document.path,
    fqn,
    model: entry.model,
    given,
    expect,
    overrides,
    versions,
    version: model.version,
    description: entry.description ?? '',
    config,
    depends_on: { macros: [], nodes: [model.unique_id] },
    schema: model.schema,
    checksum: unitTestChecksum({ model: entry.model, versions, given, expect, overrides }),
    tested_node_unique_id: model.unique_id,
    created_at: scope.now,
  }
}

type RowsEntry = UnitTestEntry['expect']

function rowsOf(
  test: UnitTestEntry,
  { rows, format, fixture }: RowsEntry,
  one: DbtPackage,
  origin: Origin,
  scope: ParseScope,
): UnitTestRows {
  const wrong = (message: string) =>
    new WaterworksError('WW1208', {
      message: `The unit test "${test.name}" ${message}.`,
      location: scope.locate(origin),
    })
  switch (format ?? 'dict') {
    case 'dict': {
      if (typeof rows === 'string') throw wrong('has rows as text, and its format is dict')
      return { rows: rows ? promoted(rows) : null, format: 'dict', fixture: null }
    }
    case 'csv': {
      const text = fixture ? fixtureText(fixture, '.csv', one, wrong) : rows
      if (typeof text !== 'string') throw wrong('has no text as rows, and its format is csv')
      const read = readCsvRows(text)
      if (read === undefined) throw wrong('has a line of CSV with more values than there are columns')
      return { rows: promoted(read), format: 'csv', fixture: fixture ?? null }
    }
    case 'sql': {
      const text = fixture ? fixtureText(fixture, '.sql', one, wrong) : rows
      if (typeof text !== 'string') throw wrong('has no text as rows, and its format is sql')
      return { rows: text, format: 'sql', fixture: fixture ?? null }
    }
    default:
      throw wrong(`has the format "${format}", which is none of dict, csv and sql`)
  }
}

function fixtureText(
  name: string,
  ending: string,
  { fixtures }: DbtPackage,
  wrong: (message: string) => WaterworksError,
): string {
  const found = fixtures.find((file) => file.name === name && file.path.endsWith(ending))
  if (!found)
    throw wrong(`names the fixture "${name}", and there is no such ${ending} file in tests/fixtures`)
  return found.text
}

type Row = Readonly<Record<string, unknown>>

/** A row without nulls comes first, as dbt puts it: the first row decides the types. */
function promoted(rows: readonly Row[]): readonly Row[] {
  const full = rows.findIndex((row) => Object.values(row).every((value) => value !== null))
  if (full <= 0) return rows
  const changed = [...rows]
  ;[changed[0], changed[full]] = [rows[full]!, rows[0]!]
  return changed
}
