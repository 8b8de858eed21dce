import { copyJson, isJsonObject, type Json, type JsonObject } from '../../api-manifest/json.ts'
import { propagateParameters } from '../../api-manifest/propagate-parameters.ts'
import type { DeclarativeManifest } from '../../api-manifest/read-manifest.ts'
import type { Builder } from './builder.ts'
import { productOf } from './components/product-partition-router.ts'
import { singlePartition } from './components/single-partition-router.ts'
import { Definition, type DefinitionContext } from './definition.ts'
import { jsonOf } from './interpolation/expression.ts'
import type { LiteralTest, Scope } from './interpolation/interpolation.ts'
import { parsePythonLiteral } from './interpolation/python-literal.ts'
import { putAt, valueAt } from './json-path.ts'
import { sliceValue, WHOLE_STREAM } from './stream-slice.ts'

/** The streams that a manifest writes out, those of conditions that the config meets included, by name. */
export function writtenStreams(
  manifest: DeclarativeManifest,
  context: DefinitionContext,
): ReadonlyMap<string, Definition> {
  const streams = manifest.streams.flatMap((data) => {
    const definition = new Definition(data, context)
    if (definition.type !== 'ConditionalStreams') return [definition]
    return definition.condition('condition')?.isMet() === true ? definition.children('streams') : []
  })
  return new Map(streams.map((stream) => [stream.text('name'), stream]))
}

/** The streams that a manifest makes of a template and of what the config or the source lists, by name. */
export async function dynamicStreams(
  manifest: DeclarativeManifest,
  context: DefinitionContext,
  builder: Builder,
): Promise<ReadonlyMap<string, Definition>> {
  const streams = new Map<string, Definition>()
  for (const data of manifest.dynamicStreams) {
    const definition = new Definition(data, context)
    const template = definition.child('stream_template')
    const fromParents =
      !definition.has('use_parent_parameters') || definition.boolean('use_parent_parameters')
    for await (const resolved of resolve(definition.child('components_resolver'), template, builder)) {
      const stream = withParameters(resolved, fromParents, context)
      const name = stream.text('name')
      if (streams.has(name)) throw definition.problem(`two of its streams are called "${name}"`)
      streams.set(name, stream)
    }
  }
  return streams
}

function withParameters(stream: JsonObject, fromParents: boolean, context: DefinitionContext): Definition {
  const propagated = propagateParameters(
    '',
    { type: 'DeclarativeStream', ...stream },
    {},
    context.origins,
    fromParents,
  )
  return new Definition(propagated, context)
}

async function* resolve(
  resolver: Definition,
  template: Definition,
  builder: Builder,
): AsyncGenerator<JsonObject> {
  const mappings = resolver.children('components_mapping').map((each) => ({
    path: each.expressions('field_path'),
    value: each.expression('value'),
    accepts: acceptsOf(each.optionalText('value_type')),
    condition: each.condition('condition'),
    creates: each.boolean('create_or_update'),
  }))
  for await (const scope of componentsOf(resolver, builder)) {
    const names = { ...scope, stream_template_config: template.data }
    const stream = copyJson(template.data)
    for (const { path, value, accepts, condition, creates } of mappings) {
      if (condition?.isMet(names) === false) continue
      const segments = path.map((segment) => segment.text(names))
      const result = jsonOf(value.value(names, accepts))
      if (creates || valueAt(stream, segments) !== undefined) putAt(stream, segments, asWritten(result))
    }
    yield stream
  }
}

async function* componentsOf(resolver: Definition, builder: Builder): AsyncGenerator<Scope> {
  if (resolver.type === 'HttpComponentsResolver') {
    const inner = resolver.child('retriever')
    const routers = inner.children('partition_router').map((each) => builder.make('partition router', each))
    const router =
      routers.length === 0 ? singlePartition : routers.length === 1 ? routers[0]! : productOf(routers)
    const retriever = builder.make('retriever', inner)
    for await (const slice of router.slices()) {
      for await (const record of retriever.read(slice)) {
        yield { components_values: record, stream_slice: sliceValue(slice) }
      }
    }
    return
  }
  if (resolver.type !== 'ConfigComponentsResolver') throw resolver.missing('components resolver')
  const lists = resolver.children('stream_config').map((each) => {
    const path = each.expressions('configs_pointer').map((segment) => segment.text())
    const found = valueAt(resolver.interpolation.config, path) ?? []
    const defaults = each.get('default_values') ?? []
    return [...(Array.isArray(found) ? found : [found]), ...(Array.isArray(defaults) ? defaults : [defaults])]
  })
  for (const combination of product(lists)) {
    const values: JsonObject = {}
    for (const [index, [position, item]] of combination.entries()) {
      if (isJsonObject(item)) Object.assign(values, item)
      else values[`source_config_${index}`] = [position, item]
    }
    yield { components_values: values, stream_slice: sliceValue(WHOLE_STREAM) }
  }
}

function* product(lists: readonly (readonly Json[])[]): Generator<(readonly [number, Json])[]> {
  const [first, ...others] = lists
  if (first === undefined) {
    yield []
    return
  }
  for (const [index, item] of first.entries()) {
    for (const rest of product(others)) yield [[index, item], ...rest]
  }
}

/** What a mapping gives as text may stand for a value of another kind. */
function asWritten(value: Json): Json {
  if (typeof value !== 'string') return value
  const literal = parsePythonLiteral(value)
  return literal === undefined ? value : jsonOf(literal)
}

function acceptsOf(type: string | undefined): LiteralTest | undefined {
  if (type === undefined) return undefined
  return (value) =>
    typeof value === (type === 'string' ? 'string' : type === 'boolean' ? 'boolean' : 'number')
}
