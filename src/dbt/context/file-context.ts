import { type HostFunction, hostFunction } from '../../jinja/values/host-function.ts'
import type { Reference } from '../reference.ts'
import { bindArguments, textArgument, wrongCall } from './bind-arguments.ts'
import { ConfigValue } from './config-value.ts'
import type { ContextNames, ContextScope } from './context-names.ts'
import { RelationValue } from './relation-value.ts'
import { databaseOf } from './target-values.ts'

/** The names that mean something else in every file. */
export const fileContext: ContextNames = {
  ref: refFunction,
  source: sourceFunction,
  config: ({ rendering }) => new ConfigValue(rendering),
  builtins: (scope) => ({
    ref: refFunction(scope),
    source: sourceFunction(scope),
    config: new ConfigValue(scope.rendering),
  }),
  this: ({ settings, rendering }) =>
    new RelationValue(rendering.relation, settings.dialect, databaseOf(settings.target)),
  schema: ({ settings, rendering }) => rendering.relation.schema ?? settings.target.schema,
  database: ({ settings }) => databaseOf(settings.target),
  execute: ({ rendering }) => rendering.phase === 'compile',
  is_incremental: () => hostFunction('is_incremental', () => false),
  model: modelValues,
}

function refFunction({ settings, rendering }: ContextScope): HostFunction {
  return hostFunction('ref', (args, { v, version, ...kwargs }) => {
    if (v !== undefined || version !== undefined) {
      throw wrongCall('ref() with a version is not supported yet.', 'Leave the version out.')
    }
    const [first, second] = bindArguments('ref', ['model', 'name'], 1, args, kwargs)
    const name = textArgument('ref', 'model', first)
    const reference: Reference =
      second === undefined
        ? { kind: 'ref', package: undefined, model: name }
        : { kind: 'ref', package: name, model: textArgument('ref', 'name', second) }
    const { relation, cte } = rendering.resolve(reference)
    return new RelationValue(relation, settings.dialect, databaseOf(settings.target), cte)
  })
}

function sourceFunction({ settings, rendering }: ContextScope): HostFunction {
  return hostFunction('source', (args, kwargs) => {
    const [source, table] = bindArguments('source', ['source', 'table'], 2, args, kwargs)
    const { relation } = rendering.resolve({
      kind: 'source',
      source: textArgument('source', 'source', source),
      table: textArgument('source', 'table', table),
    })
    return new RelationValue(relation, settings.dialect, databaseOf(settings.target))
  })
}

function modelValues({ settings, rendering }: ContextScope): Readonly<Record<string, unknown>> {
  const { file, relation, uniqueId } = rendering
  const config = rendering.config()
  const tags = config['tags'] ?? []
  return {
    unique_id: uniqueId,
    resource_type: uniqueId.slice(0, uniqueId.indexOf('.')),
    name: file.name,
    alias: relation.name,
    schema: relation.schema ?? null,
    database: databaseOf(settings.target),
    package_name: settings.projectName,
    original_file_path: file.path,
    path: file.path.slice(file.path.indexOf('/') + 1),
    raw_code: file.text,
    tags,
    config: { ...config, tags },
  }
}
