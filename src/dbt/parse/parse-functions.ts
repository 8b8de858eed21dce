import { hash } from 'node:crypto'
import { extname } from 'node:path'
import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { DbtPackage, PackageFile } from '../../project/package.ts'
import type { FunctionEntry } from '../../project/schema/properties-file.ts'
import type { ManifestFunction, ManifestFunctionArgument } from '../manifest/manifest-node.ts'
import { attempt } from './attempt.ts'
import { type Candidate, ownerOf } from './owner-of.ts'
import type { ParseScope } from './parse-scope.ts'
import type { ParsedNodes } from './parsed-nodes.ts'
import type { Described } from './properties-index.ts'
import { propertiesOf, type ResourceProperties } from './resource-properties.ts'
import { readSqlNode } from './sql-node.ts'

interface FunctionProperties extends ResourceProperties {
  readonly entry: FunctionEntry
}

/**
 * Parses functions into `nodes`: a file of SQL each, and an entry under `functions:` that says what it takes and gives. Notes WW1211 for
 * another language, WW1222 for what a function lacks, WW1032 for one that is described twice.
 */
export function parseFunctions(scope: ParseScope, nodes: ParsedNodes): void {
  const properties = describedFunctions(scope)
  for (const one of scope.packages) {
    for (const file of one.functions) {
      const own = properties.get(`${one.name}\0${file.name}`)
      const parsed = attempt(scope.diagnostics, () => parseFunction(one, file, own, scope))
      if (parsed) nodes.add(parsed.node, { file, properties: own }, parsed.enabled)
      else nodes.addFailed(file.name)
    }
  }
}

function parseFunction(
  one: DbtPackage,
  file: PackageFile,
  own: FunctionProperties | undefined,
  scope: ParseScope,
): { readonly node: ManifestFunction; readonly enabled: boolean } {
  const place = { file: file.shown, line: 1, column: 1 }
  if (extname(file.path) !== '.sql') {
    throw new WaterworksError('WW1211', {
      message: `The function "${file.name}" is not in SQL, and no other language runs here.`,
      location: place,
      hint: 'Write it in SQL, or keep the file out with a line in .dbtignore.',
    })
  }
  const { base, enabled } = readSqlNode(
    {
      package: one,
      resourceType: 'function',
      kind: 'functions',
      name: file.name,
      uniqueId: `function.${one.name}.${file.name}`,
      fqn: candidateOf(one.name, file).fqn,
      path: file.below,
      originalFilePath: file.path,
      text: file,
      checksum: { name: 'sha256', checksum: hash('sha256', file.text) },
      properties: own,
    },
    scope,
  )
  if (own === undefined) {
    throw new WaterworksError('WW1222', {
      message: `Nothing says what the function "${file.name}" gives.`,
      location: place,
      hint: `Describe it in a YAML file beside it:\nfunctions:\n  - name: ${file.name}\n    arguments: [{name: amount, data_type: integer}]\n    returns: {data_type: integer}`,
    })
  }
  const given = (own.entry.arguments ?? []).map(argumentOf)
  const { data_type, description } = own.entry.returns
  const returns = { data_type, description: description ?? null }
  refuseLateRequired(file.name, given, own, scope)
  return { node: { ...base, resource_type: 'function', arguments: given, returns }, enabled }
}

function argumentOf({
  name,
  data_type,
  description,
  default_value,
}: NonNullable<FunctionEntry['arguments']>[number]): ManifestFunctionArgument {
  return { name, data_type, description: description ?? null, default_value: default_value ?? null }
}

/** No warehouse takes a required argument after one that may be left out. */
function refuseLateRequired(
  name: string,
  given: readonly ManifestFunctionArgument[],
  { origin }: FunctionProperties,
  scope: ParseScope,
): void {
  const firstDefault = given.findIndex(({ default_value: value }) => value !== null)
  const late =
    firstDefault < 0
      ? -1
      : given.findIndex((one, index) => index > firstDefault && one.default_value === null)
  if (late < 0) return
  throw new WaterworksError('WW1222', {
    message: `The argument "${given[late]!.name}" of the function "${name}" has no default value, and comes after one that has.`,
    location: scope.locate({ ...origin, path: [...origin.path, 'arguments', late] }),
    hint: 'Put the arguments with default values last.',
  })
}

function describedFunctions(scope: ParseScope): ReadonlyMap<string, FunctionProperties> {
  const known = scope.packages.flatMap(({ name, functions }) =>
    functions.map((file) => candidateOf(name, file)),
  )
  const byName = Map.groupBy(known, ({ name }) => name)
  const found = new Map<string, FunctionProperties>()
  for (const described of scope.properties.all('functions')) {
    const { entry, packageName, origin } = described
    const owner = ownerOf(packageName, byName.get(entry.name) ?? [], 'functions', scope.configs)
    if (owner === undefined) {
      warnOfNone(described, [...byName.keys()], scope)
      continue
    }
    const key = `${owner}\0${entry.name}`
    const other = found.get(key)
    if (other === undefined) {
      found.set(key, { ...propertiesOf(described), entry })
      continue
    }
    const place = scope.locate(other.origin)
    scope.diagnostics.error(
      new WaterworksError('WW1032', {
        message: `the function "${entry.name}" is described twice`,
        location: scope.locate(origin),
        hint: `It is in ${place.file}:${place.line} as well.`,
      }),
    )
  }
  return found
}

function candidateOf(packageName: string, { name, below }: PackageFile): Candidate {
  return { packageName, name, fqn: [packageName, ...below.split('/').slice(0, -1), name] }
}

function warnOfNone(
  { entry, origin }: Described<FunctionEntry>,
  known: readonly string[],
  scope: ParseScope,
): void {
  const near = suggest(entry.name, known)
  scope.diagnostics.warn(
    new WaterworksError('WW1207', {
      message: `There is no function "${entry.name}"; what is said of it is left out.`,
      location: scope.locate(origin),
      hint: near ? `Did you mean "${near}"?` : undefined,
    }),
  )
}
