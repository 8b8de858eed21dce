import { hash } from 'node:crypto'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { DbtPackage, PackageFile } from '../../project/package.ts'
import type { ManifestConstraint, ManifestModel } from '../manifest/manifest-node.ts'
import { pythonRepr } from '../python-text.ts'
import { parseReference } from '../reference.ts'
import { attempt } from './attempt.ts'
import { modelConstraintInfo } from './column-info.ts'
import type { ModelProperties, ModelPropertiesByFile } from './model-properties.ts'
import type { ParseScope } from './parse-scope.ts'
import type { ParsedNodes } from './parsed-nodes.ts'
import { readPythonModel } from './python-model.ts'
import { readSqlNode, readText, refOf } from './sql-node.ts'

/** Parses every model of every package into `nodes`. Problems are noted at their places. */
export function parseModels(scope: ParseScope, properties: ModelPropertiesByFile, nodes: ParsedNodes): void {
  for (const one of scope.packages) {
    for (const file of one.models) {
      const own = properties.get(`${one.name}\0${file.name}`)
      const model = attempt(scope.diagnostics, () => parseModel(one, file, own, scope))
      if (model) nodes.add(model.node, { file, properties: own }, model.enabled)
      else nodes.addFailed(own?.name ?? file.name)
    }
  }
}

function parseModel(
  one: DbtPackage,
  file: PackageFile,
  properties: ModelProperties | undefined,
  scope: ParseScope,
): { readonly node: ManifestModel; readonly enabled: boolean } {
  const name = properties?.name ?? file.name
  const version = properties?.version ?? null
  const suffix = version === null ? [] : [`v${version}`]
  const isPython = file.path.endsWith('.py')
  const draft = {
    package: one,
    resourceType: 'model',
    kind: 'models',
    name,
    uniqueId: ['model', one.name, name, ...suffix].join('.'),
    fqn: [one.name, ...file.below.split('/').slice(0, -1), name, ...suffix],
    path: file.below,
    originalFilePath: file.path,
    text: file,
    checksum: { name: 'sha256', checksum: hash('sha256', file.text) },
    properties,
    version,
    language: isPython ? 'python' : 'sql',
    ...(isPython ? { called: { materialized: 'table' } } : {}),
  } as const
  const { base, enabled } = readSqlNode(
    draft,
    scope,
    isPython ? readPythonModel(file) : readText(draft, scope),
  )
  const { config } = base
  const constraints = (properties?.constraints ?? []).map(modelConstraintInfo)
  const foreign = foreignReferences([
    ...Object.values(base.columns).flatMap((column) => column.constraints),
    ...constraints,
  ])
  const access = config['access']
  if (access !== 'private' && access !== 'public' && access !== 'protected') {
    throw new WaterworksError('WW1212', {
      message: `The access of "${name}" must be private, protected or public, not ${pythonRepr(access)}.`,
      location: properties ? scope.locate(properties.origin) : { file: file.shown, line: 1, column: 1 },
    })
  }
  const node: ManifestModel = {
    ...base,
    resource_type: 'model',
    refs: [...base.refs, ...foreign.flatMap((use) => (use.kind === 'ref' ? [refOf(use)] : []))],
    sources: [
      ...base.sources,
      ...foreign.flatMap((use) => (use.kind === 'source' ? [[use.source, use.table]] : [])),
    ],
    access,
    constraints,
    version,
    latest_version: properties?.latestVersion ?? null,
    deprecation_date: properties?.deprecationDate ?? null,
    primary_key: [],
    time_spine: properties?.timeSpine ?? null,
    contract: {
      ...base.contract,
      checksum: base.contract.enforced ? contractChecksum(base, constraints) : null,
    },
  }
  if (enabled && node.contract.enforced) refuseIncomplete(node, file, properties, scope)
  return { node, enabled }
}

/** Tables that foreign keys point to are read from as well. */
function foreignReferences(constraints: readonly ManifestConstraint[]) {
  return constraints.flatMap(({ type, to }) => {
    const reference = type === 'foreign_key' && to !== null ? parseReference(to) : undefined
    return reference ? [reference] : []
  })
}

function refuseIncomplete(
  node: ManifestModel,
  file: PackageFile,
  properties: ModelProperties | undefined,
  scope: ParseScope,
): void {
  const location = properties ? scope.locate(properties.origin) : { file: file.shown, line: 1, column: 1 }
  const columns = Object.values(node.columns)
  if (columns.length === 0) {
    scope.diagnostics.error(
      new WaterworksError('WW1218', {
        message: `The contract of "${node.name}" is enforced, and no column of it is described.`,
        location,
      }),
    )
  }
  const { materialized, on_schema_change: change } = node.config
  if (materialized === 'incremental' && change !== 'append_new_columns' && change !== 'fail') {
    scope.diagnostics.error(
      new WaterworksError('WW1218', {
        message: `The contract of "${node.name}" is enforced, and on_schema_change is ${pythonRepr(change)}.`,
        location,
        hint: 'An incremental model with a contract needs on_schema_change: append_new_columns or fail.',
      }),
    )
  }
}

/** dbt's checksum of a contract: over the columns by name, with Python's texts of their constraints. */
function contractChecksum(
  { columns, config }: Pick<ManifestModel, 'columns' | 'config'>,
  constraints: readonly ManifestConstraint[],
): string {
  const sorted = Object.values(columns).sort((a, b) => (a.name < b.name ? -1 : 1))
  const texts = sorted.map(
    ({ name, data_type, constraints: own }) =>
      `|${name}${data_type ?? 'None'}[${own.map((one) => constraintText('ColumnLevelConstraint', one)).join(', ')}]`,
  )
  const materialized = config['materialized']
  const whole =
    materialized === 'table' || materialized === 'incremental'
      ? `${materialized}[${constraints.map((one) => constraintText('ModelLevelConstraint', one)).join(', ')}]`
      : ''
  return hash('sha256', texts.join('') + whole)
}

function constraintText(kind: string, constraint: ManifestConstraint): string {
  const { type, name, expression, warn_unenforced, warn_unsupported, to, to_columns, columns } = constraint
  const parts = [
    `type=<ConstraintType.${type}: '${type}'>`,
    `name=${pythonRepr(name)}`,
    `expression=${pythonRepr(expression)}`,
    `warn_unenforced=${pythonRepr(warn_unenforced)}`,
    `warn_unsupported=${pythonRepr(warn_unsupported)}`,
    `to=${pythonRepr(to)}`,
    `to_columns=${pythonRepr(to_columns)}`,
    ...(columns === undefined ? [] : [`columns=${pythonRepr(columns)}`]),
  ]
  return `${kind}(${parts.join(', ')})`
}
