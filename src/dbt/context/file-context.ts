import { type HostFunction, hostFunction } from '../../jinja/values/host-function.ts'
import type { HostObject } from '../../jinja/values/host-object.ts'
import type { Reference } from '../reference.ts'
import type { TemplateSettings } from '../template-settings.ts'
import { bindArguments, textArgument, wrongCall } from './bind-arguments.ts'
import { ConfigValue } from './config-value.ts'
import { RelationValue } from './relation-value.ts'
import type { Rendering } from './rendering.ts'
import { databaseOf } from './target-values.ts'

/** The names that mean something else in every file and phase. */
export function fileContext(
  settings: TemplateSettings,
  rendering: Rendering,
): Readonly<Record<string, unknown>> {
  const database = databaseOf(settings.target)
  const { phase, relation } = rendering
  const relationOf = (reference: Reference) => {
    const resolved = rendering.resolve(reference)
    return new RelationValue(resolved.relation, settings.dialect, database, resolved.cte)
  }
  const ref = refFunction(relationOf)
  const source = sourceFunction(relationOf)
  const config = new ConfigValue(rendering)
  return {
    ref,
    source,
    config,
    builtins: { ref, source, config },
    this: new RelationValue(relation, settings.dialect, database),
    schema: relation.schema ?? settings.target.schema,
    database,
    execute: phase === 'compile',
    is_incremental: hostFunction('is_incremental', () => false),
    model: modelValues(settings, rendering, database),
  }
}

function refFunction(relationOf: (reference: Reference) => HostObject): HostFunction {
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
    return relationOf(reference)
  })
}

function sourceFunction(relationOf: (reference: Reference) => HostObject): HostFunction {
  return hostFunction('source', (args, kwargs) => {
    const [source, table] = bindArguments('source', ['source', 'table'], 2, args, kwargs)
    return relationOf({
      kind: 'source',
      source: textArgument('source', 'source', source),
      table: textArgument('source', 'table', table),
    })
  })
}

function modelValues(
  { projectName }: TemplateSettings,
  { file, relation, uniqueId, config }: Rendering,
  database: string,
): Readonly<Record<string, unknown>> {
  const { tags = [], ...rest } = config()
  return {
    unique_id: uniqueId,
    resource_type: uniqueId.slice(0, uniqueId.indexOf('.')),
    name: file.name,
    alias: relation.name,
    schema: relation.schema ?? null,
    database,
    package_name: projectName,
    original_file_path: file.path,
    path: file.path.slice(file.path.indexOf('/') + 1),
    raw_code: file.text,
    tags,
    config: { ...rest, tags },
  }
}
