import { isJsonObject, type Json, type JsonObject, toJson } from '../../api-manifest/json.ts'
import { asList } from '../schema/fields.ts'
import type { RequestStream, RequestsEntry } from '../schema/requests-entry.ts'
import type { Path } from '../yaml/value-at.ts'
import { authenticatorOf } from './authenticator-of.ts'
import { cursorOf } from './cursor-of.ts'
import { errorHandlerOf } from './error-handler-of.ts'
import { paginatorOf } from './paginator-of.ts'
import { segmentsOf } from './response-path.ts'
import type { WrittenAt } from './written-at.ts'

export interface CompiledRequests {
  /** A declarative manifest. */
  readonly document: JsonObject
  readonly config: JsonObject
  readonly places: readonly WrittenAt[]
}

/** What does not fit together in a short form. */
export interface RequestsProblem {
  readonly at: Path
  readonly message: string
}

/**
 * A short form as the manifest that says the same, so that both are read by the same components.
 * @param queryOf the text of a stream's GraphQL query
 */
export function compileRequests(
  entry: RequestsEntry,
  queryOf: (stream: RequestStream, index: number) => string | undefined,
): CompiledRequests & { readonly problems: readonly RequestsProblem[] } {
  const config: JsonObject = {}
  const places: WrittenAt[] = []
  const problems: RequestsProblem[] = []
  const authenticator = entry.auth && authenticatorOf(entry.auth, config)
  const made = new Map<number, JsonObject>()

  const make = (index: number, above: readonly number[]): JsonObject => {
    const known = made.get(index)
    const stream = entry.streams[index]!
    if (known !== undefined) return known
    const query = stream.graphql && queryOf(stream, index)
    // A query is no template: its braces are its own.
    if (query !== undefined) config[`query_${index}`] = query
    const pages = stream.pages ?? entry.pages ?? { by: 'none' as const }
    const isGraphQl = stream.graphql !== undefined
    const parent = routerOf(index, above)
    const definition: JsonObject = {
      type: 'DeclarativeStream',
      name: stream.name,
      primary_key: [...asList(stream.key)],
      schema_loader: { type: 'InlineSchemaLoader', schema: {} },
      retriever: {
        type: 'SimpleRetriever',
        requester: {
          type: 'HttpRequester',
          url_base: entry.url,
          path: stream.path ?? '',
          http_method: stream.method ?? (isGraphQl ? 'POST' : 'GET'),
          request_parameters: valuesOf({ ...entry.parameters, ...stream.parameters }),
          request_headers: valuesOf({ ...entry.headers, ...stream.headers }),
          ...bodyOf(stream, query === undefined ? undefined : `{{ config['query_${index}'] }}`),
          ...(authenticator === undefined ? {} : { authenticator }),
          error_handler: errorHandlerOf(stream),
        },
        record_selector: {
          type: 'RecordSelector',
          extractor: {
            type: 'DpathExtractor',
            field_path: stream.records === undefined ? [] : segmentsOf(stream.records),
          },
        },
        paginator: paginatorOf(pages, isGraphQl),
        ...(parent === undefined ? {} : { partition_router: parent }),
      },
      ...(stream.cursor === undefined ? {} : { incremental_sync: cursorOf(stream.cursor, isGraphQl) }),
      ...(parent === undefined ? {} : { transformations: [{ type: 'AddPartitionFields' }] }),
    }
    made.set(index, definition)
    return definition
  }

  const routerOf = (index: number, above: readonly number[]): JsonObject | undefined => {
    const { parent } = entry.streams[index]!
    if (parent === undefined) return undefined
    const at: Path = ['streams', index, 'parent', 'stream']
    const of = entry.streams.findIndex(({ name }) => name === parent.stream)
    if (of === -1) {
      problems.push({ at, message: `there is no stream "${parent.stream}"` })
      return undefined
    }
    if (of === index || above.includes(of)) {
      problems.push({ at, message: `the stream "${parent.stream}" is its own parent` })
      return undefined
    }
    return {
      type: 'SubstreamPartitionRouter',
      parent_stream_configs: [
        {
          type: 'ParentStreamConfig',
          stream: make(of, [...above, index]),
          parent_key: parent.field,
          partition_field: parent.as ?? parent.field,
        },
      ],
    }
  }

  const names = new Set<string>()
  for (const [index, { name }] of entry.streams.entries()) {
    if (names.has(name)) {
      problems.push({ at: ['streams', index, 'name'], message: `two streams are called "${name}"` })
    }
    names.add(name)
  }
  const streams = entry.streams.map((_, index) => make(index, []))
  for (const [index, stream] of entry.streams.entries()) places.push(...placesOf(index, stream))
  if (entry.rate_limit !== undefined) places.push({ part: ['api_budget'], at: ['rate_limit'] })
  const document: JsonObject = {
    version: '6.0.0',
    type: 'DeclarativeSource',
    check: { type: 'CheckStream', stream_names: [] },
    streams,
    ...(entry.rate_limit === undefined ? {} : { api_budget: budgetOf(entry.rate_limit) }),
    ...(entry.concurrency === undefined
      ? {}
      : { concurrency_level: { type: 'ConcurrencyLevel', default_concurrency: entry.concurrency } }),
  }
  return { document, config, places, problems }
}

function bodyOf({ body, graphql }: RequestStream, query: string | undefined): JsonObject {
  if (graphql !== undefined) {
    const value = { query: query ?? '', variables: valuesOf(graphql.variables ?? {}) }
    return { request_body: { type: 'RequestBodyGraphQL', value } }
  }
  if (body === undefined) return {}
  return { request_body: { type: 'RequestBodyJsonObject', value: valuesOf(body) } }
}

function budgetOf({ calls, seconds }: { readonly calls: number; readonly seconds: number }): JsonObject {
  const rate = { type: 'Rate', limit: calls, interval: `PT${seconds}S` }
  return {
    type: 'HTTPAPIBudget',
    policies: [{ type: 'MovingWindowCallRatePolicy', rates: [rate], matchers: [] }],
  }
}

function placesOf(index: number, stream: RequestStream): readonly WrittenAt[] {
  const part: Path = ['streams', index]
  const at: Path = ['streams', index]
  const retriever: Path = [...part, 'retriever']
  return [
    { part, at },
    { part: [...retriever, 'requester', 'authenticator'], at: ['auth'] },
    { part: [...retriever, 'paginator'], at: stream.pages === undefined ? ['pages'] : [...at, 'pages'] },
    { part: [...retriever, 'record_selector'], at: stream.records === undefined ? at : [...at, 'records'] },
    { part: [...part, 'incremental_sync'], at: [...at, 'cursor'] },
    { part: [...retriever, 'partition_router'], at: [...at, 'parent'] },
  ]
}

function valuesOf(values: Readonly<Record<string, unknown>>): JsonObject {
  const json: Json = toJson(values)
  return isJsonObject(json) ? json : {}
}
