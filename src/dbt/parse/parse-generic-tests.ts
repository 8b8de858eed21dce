import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { isBuiltIn } from '../../project/built-in-packages.ts'
import type { Origin } from '../../project/origin.ts'
import type { DbtPackage } from '../../project/package.ts'
import { asList } from '../../project/schema/fields.ts'
import type { ColumnEntry, TestEntry } from '../../project/schema/properties-file.ts'
import { genericTestName, subjectArgument, type TestSubject } from '../generic-test-name.ts'
import type { ManifestTest } from '../manifest/manifest-node.ts'
import { pythonStr } from '../python-text.ts'
import type { Reference } from '../reference.ts'
import { attempt } from './attempt.ts'
import { textsOf } from './column-info.ts'
import { listed } from './config-rules.ts'
import type { ParseScope } from './parse-scope.ts'
import type { ParsedNodes } from './parsed-nodes.ts'
import { readSqlNode } from './sql-node.ts'
import type { TemplateReading } from './template-reader.ts'
import { testArgumentsName } from './test-arguments.ts'
import { readTestEntry, type TestDefinition } from './test-entry.ts'
import { canonicalTest } from './test-synonyms.ts'

/** What a properties file tests: a node, or a table of a source. */
export interface TestedResource {
  readonly subject: TestSubject
  /** The package whose file asks for the tests. */
  readonly package: DbtPackage
  /** The properties file: below its package, and below the folder of its kind. */
  readonly path: string
  /** `models.orders`, `sources.shop` */
  readonly fileKey: string
  readonly tags: readonly string[]
  readonly columns: readonly ColumnEntry[]
  readonly tests: readonly TestEntry[]
  readonly dataTests: readonly TestEntry[]
  readonly quoteColumns: boolean
  readonly attachedNode: string | null
  readonly group: string | null
  readonly origin: Origin
}

/** Tests that are judged without their macros, by the package that has them: reading their arguments tells everything. */
const NATIVE: Readonly<Record<string, readonly string[]>> = {
  dbt: ['not_null', 'unique', 'accepted_values', 'relationships'],
  waterworks: ['accepted_range', 'recency', 'expression', 'row_count', 'matches'],
}
const WITHOUT_REFERENCES: ReadonlySet<string> = new Set(['macro.dbt.test_not_null', 'macro.dbt.test_unique'])
const WHERE = 'macro.dbt.get_where_subquery'

interface TestMacro {
  readonly uniqueId: string
  readonly isNative: boolean
}

/** Parses the tests of a resource into `nodes`. Problems: WW1006, WW1007, WW1027, WW1033 and WW1205. */
export function parseGenericTests(tested: TestedResource, scope: ParseScope, nodes: ParsedNodes): void {
  const { origin, columns } = tested
  const parse = (
    entries: readonly TestEntry[] | null | undefined,
    column: ColumnEntry | undefined,
    path: readonly (string | number)[],
  ) =>
    (entries ?? []).forEach((entry, index) => {
      const place = { file: origin.file, path: [...origin.path, ...path, index] }
      parseTest(tested, entry, column, place, scope, nodes)
    })
  columns.forEach((column, index) => {
    parse(column.tests, column, ['columns', index, 'tests'])
    parse(column.data_tests, column, ['columns', index, 'data_tests'])
  })
  parse(tested.tests, undefined, ['tests'])
  parse(tested.dataTests, undefined, ['data_tests'])
}

function parseTest(
  tested: TestedResource,
  entry: TestEntry,
  column: ColumnEntry | undefined,
  origin: Origin,
  scope: ParseScope,
  nodes: ParsedNodes,
): void {
  const parsed = attempt(scope.diagnostics, () => {
    const written = readTestEntry(entry, tested.package.name, origin, scope)
    return readTest(tested, ownDefinition(written, column, origin, scope), column, origin, scope)
  })
  if (!parsed) return
  const { node, enabled } = parsed
  if (enabled && nodes.enabled.has(node.unique_id)) {
    scope.diagnostics.error(
      new WaterworksError('WW1205', {
        message: `The test "${node.name}" is there twice, with the same arguments.`,
        location: scope.locate(origin),
        hint: 'Remove one of them, or give one a name of its own.',
      }),
    )
    return
  }
  nodes.add(node, { properties: { origin } }, enabled)
}

/** A few tests of dbt_utils have an equal here, which stands in where the package is not installed. */
function ownDefinition(
  definition: TestDefinition,
  column: ColumnEntry | undefined,
  origin: Origin,
  { packages, locate }: ParseScope,
): TestDefinition {
  const { name, namespace, args } = definition
  if (namespace !== 'dbt_utils' || packages.some((one) => one.name === namespace)) return definition
  const canonical = canonicalTest(`${namespace}.${name}`, args, column?.name)
  if ('problem' in canonical) {
    const message = `${namespace}.${name} ${canonical.problem}`
    throw new WaterworksError('WW1027', { message, location: locate(origin) })
  }
  if (canonical.test.includes('.')) return definition
  return { ...definition, name: canonical.test, namespace: null, args: canonical.arguments }
}

function readTest(
  tested: TestedResource,
  definition: TestDefinition,
  column: ColumnEntry | undefined,
  origin: Origin,
  scope: ParseScope,
): { readonly node: ManifestTest; readonly enabled: boolean } {
  const { package: one, subject } = tested
  const { name: test, namespace, config, givenName } = definition
  const columnName = column && quotedColumn(column, tested, scope)
  const args = columnName === undefined ? definition.args : { ...definition.args, column_name: columnName }
  const written = namespace === null ? test : `${namespace}.${test}`
  const name = genericTestName(written, subject, args, givenName)
  const macro = findTest(test, namespace, one.name, scope)
  // The test itself fails then, when it is compiled, as in dbt.
  if (!macro) scope.diagnostics.warn(unknownTest(written, one.name, origin, scope))
  const kwargs = { ...args, model: subjectArgument(subject) }
  const called = {
    ...config,
    ...(givenName === undefined && name.short !== name.full && config['alias'] === undefined
      ? { alias: name.short }
      : {}),
  }
  const macroName = namespace === null ? `test_${test}` : `${namespace}.test_${test}`
  const text = `{{ ${macroName}(**${testArgumentsName}) }}${configCall(called)}`
  const draft = {
    package: one,
    resourceType: 'test',
    kind: 'data_tests',
    name: name.full,
    uniqueId: `test.${one.name}.${name.full}.${name.hash}`,
    fqn: [one.name, ...tested.path.split('/').slice(1, -1), name.full],
    path: `${name.short}.sql`,
    originalFilePath: tested.path,
    text: { text, shown: origin.file, firstLine: 1 },
    checksum: { name: 'none', checksum: '' },
    properties: undefined,
    called: 'tags' in called ? { ...called, tags: listed(called['tags']) } : called,
  } as const
  const reading = readArguments(tested, kwargs, macro, draft, scope)
  const { base, enabled } = readSqlNode(draft, scope, reading)
  const tags = [...tested.tags, ...columnTags(column), ...base.tags]
  return {
    enabled,
    node: {
      ...base,
      resource_type: 'test',
      description: definition.description,
      tags: [...new Set(tags)].sort(),
      group: tested.group ?? base.group,
      test_metadata: { name: test, namespace, kwargs },
      column_name: columnName ?? null,
      file_key_name: tested.fileKey,
      attached_node: tested.attachedNode,
    },
  }
}

function readArguments(
  { subject }: TestedResource,
  kwargs: Readonly<Record<string, unknown>>,
  macro: TestMacro | undefined,
  draft: Parameters<typeof readSqlNode>[0],
  scope: ParseScope,
): TemplateReading {
  const reference: Reference =
    subject.kind === 'source'
      ? { kind: 'source', source: subject.source, table: subject.table }
      : {
          kind: 'ref',
          package: undefined,
          model: subject.model,
          ...(subject.version === undefined || subject.version === null ? {} : { version: subject.version }),
        }
  if (macro && WITHOUT_REFERENCES.has(macro.uniqueId)) {
    return { uses: [reference], metrics: [], config: {}, macros: [macro.uniqueId] }
  }
  const { model: _model, ...others } = kwargs
  const isNative = macro?.isNative === true
  const read = scope.templates.readTest(draft.text, isNative ? others : kwargs, isNative, {
    node: {
      unique_id: draft.uniqueId,
      name: draft.name,
      resource_type: 'test',
      package_name: draft.package.name,
      original_file_path: draft.originalFilePath,
    },
    packageName: draft.package.name,
    relation: { database: scope.relations.database, schema: scope.relations.schema, identifier: draft.name },
    config: () => scope.configs.merged('data_tests', draft.package.name, draft.fqn, { called: draft.called }),
  })
  // What the macro's own config() says comes before what is said where the test stands.
  const tags = read.config['tags']
  const config = tags === undefined ? read.config : { ...read.config, tags: [...new Set(listed(tags))] }
  const uses = isNative ? [inTemplate(reference), ...read.uses] : read.uses
  const macros = [...(macro ? [macro.uniqueId] : []), ...(isNative ? [WHERE] : []), ...read.macros]
  return { ...read, uses, config, macros: [...new Set(macros)] }
}

/** A reference as the template of a test writes it: a version in quotes. */
function inTemplate(reference: Reference): Reference {
  const isVersioned = reference.kind === 'ref' && reference.version !== undefined
  return isVersioned ? { ...reference, version: String(reference.version) } : reference
}

function quotedColumn(
  { name, quote }: ColumnEntry,
  { quoteColumns }: TestedResource,
  scope: ParseScope,
): string {
  const isQuoted = typeof quote === 'boolean' ? quote : quoteColumns
  return isQuoted ? scope.renderer.settings.dialect.identifier(name) : name
}

function columnTags(column: ColumnEntry | undefined): readonly string[] {
  return column ? [...asList(column.tags), ...textsOf(column.config?.['tags'])] : []
}

function findTest(
  test: string,
  namespace: string | null,
  packageName: string,
  { renderer: { macros } }: ParseScope,
): TestMacro | undefined {
  const name = `test_${test}`
  const found = namespace === null ? macros.find(name, packageName) : macros.findIn(namespace, name)
  const owner =
    found?.packageName ?? namespace ?? Object.keys(NATIVE).find((one) => NATIVE[one]!.includes(test))
  const isNative = owner !== undefined && (NATIVE[owner]?.includes(test) ?? false)
  if (!found && !isNative) return undefined
  return { uniqueId: `macro.${owner}.${name}`, isNative }
}

function unknownTest(
  written: string,
  packageName: string,
  origin: Origin,
  { renderer: { macros }, locate }: ParseScope,
): WaterworksError {
  const names = new Set<string>(Object.values(NATIVE).flat())
  for (const { name, packageName: owner } of macros.entries()) {
    if (!name.startsWith('test_')) continue
    const bare = name.slice('test_'.length)
    names.add(owner === packageName || isBuiltIn(owner) ? bare : `${owner}.${bare}`)
  }
  const near = suggest(written, names)
  return new WaterworksError('WW1033', {
    message: `There is no test "${written}".`,
    location: locate(origin),
    hint: near ? `Did you mean "${near}"?` : `Tests: ${[...names].sort().join(', ')}.`,
  })
}

/** The call of config() that dbt writes behind a test's macro. */
function configCall(config: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(config).map(([key, value]) =>
    typeof value === 'string' ? `${key}="${value.replaceAll('"', '\\"')}"` : `${key}=${pythonStr(value)}`,
  )
  return parts.length === 0 ? '' : `{{ config(${parts.join(',')}) }}`
}
