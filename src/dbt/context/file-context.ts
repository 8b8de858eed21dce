import type { Reference } from '../reference.ts'
import { bindArguments, textArgument, wrongCall } from './bind-arguments.ts'
import { ConfigValue } from './config-value.ts'
import type { ContextNames, ContextScope } from './context-names.ts'
import { ReferenceFunction } from './reference-function.ts'
import { everyPart, type RelationName } from './relation-name.ts'
import { RelationValue } from './relation-value.ts'
import type { Resolved } from './rendering.ts'
import { databaseOf } from './target-values.ts'

/** The names that mean something else in every file. */
export const fileContext: ContextNames = {
  ref: refFunction,
  source: sourceFunction,
  function: functionFunction,
  config: ({ rendering }) => new ConfigValue(rendering),
  builtins: (scope) => ({
    ref: refFunction(scope),
    source: sourceFunction(scope),
    function: functionFunction(scope),
    config: new ConfigValue(scope.rendering),
  }),
  this: (scope) => scope.rendering.relation && relationOf(scope, scope.rendering.relation),
  schema: ({ settings, rendering }) => rendering.relation?.schema ?? settings.target.schema,
  database: ({ settings, rendering }) => rendering.relation?.database ?? databaseOf(settings.target),
  execute: ({ rendering }) => rendering.phase === 'compile',
  model: modelValues,
}

function refFunction(scope: ContextScope): ReferenceFunction {
  return new ReferenceFunction('ref', scope, (args, { v, version = v, ...kwargs }) => {
    const [first, second] = bindArguments('ref', ['model', 'name'], 1, args, kwargs)
    const name = textArgument('ref', 'model', first)
    const wanted = versionArgument(version)
    const reference: Reference = {
      kind: 'ref',
      package: second === undefined ? undefined : name,
      model: second === undefined ? name : textArgument('ref', 'name', second),
      ...(wanted === undefined ? {} : { version: wanted }),
    }
    return resolved(scope, scope.rendering.resolve(reference))
  })
}

function sourceFunction(scope: ContextScope): ReferenceFunction {
  return new ReferenceFunction('source', scope, (args, kwargs) => {
    const [source, table] = bindArguments('source', ['source', 'table'], 2, args, kwargs)
    const found = scope.rendering.resolve({
      kind: 'source',
      source: textArgument('source', 'source', source),
      table: textArgument('source', 'table', table),
    })
    return resolved(scope, found)
  })
}

function functionFunction(scope: ContextScope): ReferenceFunction {
  return new ReferenceFunction('function', scope, (args, kwargs) => {
    if (Object.keys(kwargs).length > 0) throw wrongCall('function() takes its arguments without names.')
    const [first, second] = bindArguments('function', ['name', 'function'], 1, args, {})
    const name = textArgument('function', 'name', first)
    const found = scope.rendering.resolve({
      kind: 'function',
      package: second === undefined ? undefined : name,
      function: second === undefined ? name : textArgument('function', 'name', second),
    })
    return resolved(scope, { ...found, type: 'function' })
  })
}

function versionArgument(version: unknown): string | number | undefined {
  if (version === undefined || version === null) return undefined
  if (typeof version === 'string' || typeof version === 'number') return version
  throw wrongCall('ref() needs a number or a text as its version.')
}

function resolved(scope: ContextScope, { relation, cte, ...found }: Resolved): RelationValue {
  if (cte === undefined) return relationOf(scope, relation, found)
  const path = { database: null, schema: null, identifier: cte }
  const { limit, where } = found
  return relationOf(scope, path, { type: 'cte', quoting: { identifier: false }, limit, where })
}

function relationOf(
  { settings }: ContextScope,
  path: RelationName,
  { type, quoting, instead, limit, where }: Omit<Resolved, 'relation'> = {},
): RelationValue {
  return new RelationValue({
    engine: settings.target.type,
    path,
    type: type ?? null,
    quote: { ...everyPart, ...settings.quoting, ...quoting },
    include: everyPart,
    instead,
    limit,
    where,
  })
}

function modelValues({ rendering }: ContextScope): Readonly<Record<string, unknown>> | null {
  const { node, relation, given } = rendering
  if (!node) return null
  const config = rendering.config()
  return {
    ...(relation && { ...relation, alias: relation.identifier }),
    ...(node.resource_type === 'model' && { batch: null }),
    ...node,
    ...(typeof given['compiled_code'] === 'string' && {
      compiled: true,
      compiled_code: given['compiled_code'],
    }),
    tags: config['tags'] ?? [],
    config: { ...config, tags: config['tags'] ?? [] },
  }
}
