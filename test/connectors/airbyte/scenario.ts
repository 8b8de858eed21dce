import type { ApiHandler, ApiReply } from '../../support/fake-api.ts'

/** A stream of a manifest, the API it is read from, and the components that it shows. */
export interface Scenario {
  readonly name: string
  /** Types of components without which it would read something else. */
  readonly proves: readonly string[]
  /** Components of the manifest, as JSON; the address of the API is `config['url']`. */
  readonly stream: Readonly<Record<string, unknown>>
  readonly config?: Readonly<Record<string, unknown>>
  readonly manifest?: Readonly<Record<string, unknown>>
  readonly state?: Readonly<Record<string, unknown>>
  /** Files beside the manifest, by path. */
  readonly files?: Readonly<Record<string, string>>
  readonly api: () => ApiHandler
  /** Where Waterworks means to differ from the CDK, and why. */
  readonly differs?: string
}

export interface StreamParts {
  readonly requester?: Readonly<Record<string, unknown>>
  readonly selector?: Readonly<Record<string, unknown>>
  readonly retriever?: Readonly<Record<string, unknown>>
  readonly stream?: Readonly<Record<string, unknown>>
  readonly path?: string
  readonly fieldPath?: readonly string[]
  readonly name?: string
}

/** A stream of a manifest with the least that every stream has. */
export function streamOf(parts: StreamParts = {}): Readonly<Record<string, unknown>> {
  return {
    type: 'DeclarativeStream',
    name: parts.name ?? 'things',
    primary_key: 'id',
    retriever: {
      type: 'SimpleRetriever',
      requester: {
        type: 'HttpRequester',
        url_base: "{{ config['url'] }}",
        path: parts.path ?? 'things',
        http_method: 'GET',
        ...parts.requester,
      },
      record_selector: {
        type: 'RecordSelector',
        extractor: { type: 'DpathExtractor', field_path: parts.fieldPath ?? ['data'] },
        ...parts.selector,
      },
      ...parts.retriever,
    },
    schema_loader: {
      type: 'InlineSchemaLoader',
      schema: { type: 'object', properties: { id: { type: ['null', 'integer'] } } },
    },
    ...parts.stream,
  }
}

/** The whole manifest of a scenario. */
export function manifestOf({ stream, manifest }: Scenario): Readonly<Record<string, unknown>> {
  const name = String(stream['name'])
  return {
    version: '6.0.0',
    type: 'DeclarativeSource',
    check: { type: 'CheckStream', stream_names: [name] },
    streams: [stream],
    spec: { type: 'Spec', connection_specification: { type: 'object', properties: {} } },
    ...manifest,
  }
}

export const ok = (json: unknown, headers: Readonly<Record<string, string>> = {}): ApiReply => ({
  json,
  headers,
})

/** Things with ids from `from` on. */
export function things(from: number, count: number): readonly { readonly id: number }[] {
  return Array.from({ length: count }, (_, index) => ({ id: from + index }))
}
