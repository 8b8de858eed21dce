import { gzipSync } from 'node:zlib'
import { jobScenarios } from './job-scenarios.ts'
import { ok, type Scenario, streamOf, things } from './scenario.ts'

const ALL = { data: things(1, 3) }
const option = (name: string, part = 'request_parameter') => ({
  type: 'RequestOption',
  inject_into: part,
  field_name: name,
})
const dated = (id: number, day: number) => ({
  id,
  updated_at: `2024-01-${String(day).padStart(2, '0')}T00:00:00Z`,
})
const CURSOR = {
  type: 'DatetimeBasedCursor',
  cursor_field: 'updated_at',
  datetime_format: '%Y-%m-%dT%H:%M:%SZ',
  start_datetime: {
    type: 'MinMaxDatetime',
    datetime: '2024-01-01T00:00:00Z',
    datetime_format: '%Y-%m-%dT%H:%M:%SZ',
  },
  end_datetime: {
    type: 'MinMaxDatetime',
    datetime: '2024-01-20T00:00:00Z',
    datetime_format: '%Y-%m-%dT%H:%M:%SZ',
  },
  start_time_option: option('since'),
  end_time_option: option('until'),
}
const parent = (name = 'parents') => streamOf({ name, path: 'parents' })
const children = (config: object = {}) => ({
  type: 'SubstreamPartitionRouter',
  parent_stream_configs: [
    {
      type: 'ParentStreamConfig',
      parent_key: 'id',
      partition_field: 'parent_id',
      stream: parent(),
      ...config,
    },
  ],
})
const paged = (strategy: object, token: object = option('page'), size?: object) => ({
  retriever: {
    paginator: {
      type: 'DefaultPaginator',
      pagination_strategy: strategy,
      page_token_option: token,
      ...(size === undefined ? {} : { page_size_option: size }),
    },
  },
})
const quick = { type: 'ConstantBackoffStrategy', backoff_time_in_seconds: 0.01 }
/** Answers once with each status, then well. */
const stumbling =
  (...statuses: number[]) =>
  () =>
  (request: { readonly index: number }) =>
    statuses[request.index] === undefined
      ? ok(ALL)
      : { json: { error: 'later' }, status: statuses[request.index]! }

/** Every component, in a stream that reads otherwise without it. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'plain',
    proves: [
      'DeclarativeStream',
      'SimpleRetriever',
      'HttpRequester',
      'RecordSelector',
      'DpathExtractor',
      'InlineSchemaLoader',
      'Spec',
      'CheckStream',
    ],
    stream: streamOf(),
    api: () => () => ok(ALL),
  },
  {
    name: 'no authentication and no pagination',
    proves: ['NoAuth', 'NoPagination'],
    stream: streamOf({
      requester: { authenticator: { type: 'NoAuth' } },
      retriever: { paginator: { type: 'NoPagination' } },
    }),
    api: () => () => ok(ALL),
  },
  {
    name: 'wildcard path',
    proves: ['DpathExtractor'],
    stream: streamOf({ fieldPath: ['groups', '*', 'items'] }),
    api: () => () => ok({ groups: [{ items: { id: 1 } }, { items: { id: 2 } }] }),
  },
  {
    name: 'request parameters, headers and literals',
    proves: ['HttpRequester'],
    stream: streamOf({
      path: "things/{{ config['which'] }}",
      requester: {
        request_parameters: {
          number: '{{ 1 + 1 }}',
          list: "{{ ['a', 'b'] }}",
          text: 'a b&c',
          nothing: "{{ config.get('no') }}",
        },
        request_headers: { 'X-Which': "{{ config['which'] }}" },
      },
    }),
    config: { which: 'blue' },
    api: () => (request) => ok({ data: [{ id: 1, which: request.headers['x-which'] }] }),
  },
  {
    name: 'bearer token',
    proves: ['BearerAuthenticator'],
    stream: streamOf({
      requester: { authenticator: { type: 'BearerAuthenticator', api_token: "{{ config['key'] }}" } },
    }),
    config: { key: 'abcd1234' },
    api: () => (request) => ok({ data: [{ id: 1, auth: request.headers.authorization }] }),
  },
  {
    name: 'basic authentication',
    proves: ['BasicHttpAuthenticator'],
    stream: streamOf({
      requester: {
        authenticator: { type: 'BasicHttpAuthenticator', username: "{{ config['user'] }}", password: 'pw' },
      },
    }),
    config: { user: 'ann' },
    api: () => (request) => ok({ data: [{ id: 1, auth: request.headers.authorization }] }),
  },
  {
    name: 'api key in a parameter',
    proves: ['ApiKeyAuthenticator', 'RequestOption'],
    stream: streamOf({
      requester: {
        authenticator: {
          type: 'ApiKeyAuthenticator',
          api_token: "{{ config['key'] }}",
          inject_into: option('api_key'),
        },
      },
    }),
    config: { key: 'k' },
    api: () => (request) => ok({ data: [{ id: 1, key: request.query['api_key'] }] }),
  },
  {
    name: 'selected authenticator',
    proves: ['SelectiveAuthenticator'],
    stream: streamOf({
      requester: {
        authenticator: {
          type: 'SelectiveAuthenticator',
          authenticator_selection_path: ['auth', 'kind'],
          authenticators: {
            key: { type: 'ApiKeyAuthenticator', api_token: 'k', inject_into: option('X-Key', 'header') },
            none: { type: 'NoAuth' },
          },
        },
      },
    }),
    config: { auth: { kind: 'key' } },
    api: () => (request) => ok({ data: [{ id: 1, key: request.headers['x-key'] }] }),
  },
  {
    name: 'oauth by refresh token',
    proves: ['OAuthAuthenticator'],
    stream: streamOf({
      requester: {
        authenticator: {
          type: 'OAuthAuthenticator',
          token_refresh_endpoint: "{{ config['url'] }}/token",
          client_id: 'me',
          client_secret: "{{ config['secret'] }}",
          refresh_token: 'r1',
          scopes: ['read'],
          refresh_request_body: { extra: 'yes' },
        },
      },
    }),
    config: { secret: 's3' },
    api: () => (request) =>
      request.path === '/token'
        ? ok({ access_token: 'at1', expires_in: 3600 })
        : ok({ data: [{ id: 1, auth: request.headers.authorization }] }),
  },
  {
    name: 'session token',
    proves: ['SessionTokenAuthenticator'],
    stream: streamOf({
      requester: {
        authenticator: {
          type: 'SessionTokenAuthenticator',
          login_requester: {
            type: 'HttpRequester',
            url_base: "{{ config['url'] }}",
            path: 'login',
            http_method: 'POST',
            request_body_json: { user: 'u' },
          },
          session_token_path: ['session', 'id'],
          expiration_duration: 'PT1H',
          request_authentication: { type: 'ApiKey', inject_into: option('X-Session', 'header') },
        },
      },
    }),
    api: () => (request) =>
      request.path === '/login'
        ? ok({ session: { id: 'sess' } })
        : ok({ data: [{ id: 1, s: request.headers['x-session'] }] }),
  },
  {
    name: 'legacy session token',
    proves: ['LegacySessionTokenAuthenticator'],
    stream: streamOf({
      requester: {
        authenticator: {
          type: 'LegacySessionTokenAuthenticator',
          header: 'X-Metabase-Session',
          api_url: "{{ config['url'] }}",
          username: 'u',
          password: 'p',
          login_url: '/session',
          session_token: '',
          session_token_response_key: 'id',
          validate_session_url: '/user/current',
        },
      },
    }),
    api: () => (request) =>
      request.path === '/session'
        ? ok({ id: 'sess' })
        : ok({ data: [{ id: 1, s: request.headers['x-metabase-session'] }] }),
  },
  {
    name: 'page numbers',
    proves: ['DefaultPaginator', 'PageIncrement'],
    stream: streamOf(
      paged(
        { type: 'PageIncrement', page_size: 2, start_from_page: 1, inject_on_first_request: true },
        option('page'),
        option('per_page'),
      ),
    ),
    api: () => (request) =>
      ok({ data: things(Number(request.query['page']) * 2, request.query['page'] === '3' ? 1 : 2) }),
  },
  {
    name: 'page numbers from zero, to an empty page',
    proves: ['PageIncrement'],
    stream: streamOf(paged({ type: 'PageIncrement' })),
    api: () => (request) =>
      ok({
        data: Number(request.query['page'] ?? 0) > 2 ? [] : things(Number(request.query['page'] ?? 0), 1),
      }),
  },
  {
    name: 'offsets, and pages that a filter thins',
    proves: ['OffsetIncrement', 'RecordFilter'],
    stream: streamOf({
      ...paged({ type: 'OffsetIncrement', page_size: 3 }, option('offset'), option('limit')),
      selector: { record_filter: { type: 'RecordFilter', condition: '{{ record.id % 2 == 0 }}' } },
    }),
    api: () => (request) =>
      ok({
        data: things(Number(request.query['offset'] ?? 0), Number(request.query['offset'] ?? 0) < 6 ? 3 : 1),
      }),
  },
  {
    name: 'a cursor in the body',
    proves: ['CursorPagination'],
    stream: streamOf(
      paged(
        {
          type: 'CursorPagination',
          cursor_value: "{{ response.get('next', {}).get('after') }}",
          stop_condition: "{{ not response.get('next') }}",
          page_size: 2,
        },
        option('after'),
        option('limit'),
      ),
    ),
    api: () => (request) =>
      request.query['after'] === undefined
        ? ok({ data: things(1, 2), next: { after: 'x2' } })
        : ok({ data: things(3, 2) }),
  },
  {
    name: 'a cursor from the last record',
    proves: ['CursorPagination'],
    stream: streamOf(
      paged(
        {
          type: 'CursorPagination',
          cursor_value: "{{ last_record['id'] }}",
          stop_condition: '{{ last_page_size < 2 }}',
        },
        option('after'),
      ),
    ),
    api: () => (request) =>
      ok({
        data: things(
          Number(request.query['after'] ?? 0) + 1,
          Number(request.query['after'] ?? 0) >= 4 ? 1 : 2,
        ),
      }),
  },
  {
    name: 'next addresses in the Link header',
    proves: ['RequestPath', 'CursorPagination'],
    stream: streamOf({
      requester: { request_parameters: { per: '2' } },
      ...paged(
        {
          type: 'CursorPagination',
          cursor_value: "{{ headers['link']['next']['url'] }}",
          stop_condition: "{{ 'next' not in headers['link'] }}",
        },
        { type: 'RequestPath' },
      ),
    }),
    api: () => (request) => {
      const page = Number(request.query['page'] ?? 1)
      const next = `http://${request.headers.host}/things?per=2&page=${page + 1}`
      return ok(
        { data: things(page * 2, 2) },
        page < 3 ? { Link: `<${next}>; rel="next", <x>; rel="first"` } : {},
      )
    },
  },
  {
    name: 'slices of days',
    proves: ['DatetimeBasedCursor', 'MinMaxDatetime'],
    stream: streamOf({
      stream: {
        incremental_sync: { ...CURSOR, step: 'P7D', cursor_granularity: 'PT1S', lookback_window: 'P1D' },
      },
    }),
    api: () => (request) => ok({ data: [dated(1, Number(request.query['since']?.slice(8, 10)))] }),
  },
  {
    name: 'slices from a state',
    proves: ['DatetimeBasedCursor'],
    stream: streamOf({
      stream: {
        incremental_sync: { ...CURSOR, step: 'P7D', cursor_granularity: 'PT1S', lookback_window: 'P1D' },
      },
    }),
    state: { updated_at: '2024-01-10T00:00:00Z' },
    api: () => (request) => ok({ data: [dated(1, Number(request.query['since']?.slice(8, 10)))] }),
  },
  {
    name: 'a month at a time, in seconds',
    proves: ['DatetimeBasedCursor'],
    stream: streamOf({
      stream: {
        incremental_sync: {
          ...CURSOR,
          datetime_format: '%s',
          cursor_datetime_formats: ['%Y-%m-%dT%H:%M:%SZ', '%s'],
          start_datetime: { type: 'MinMaxDatetime', datetime: '2023-10-31', datetime_format: '%Y-%m-%d' },
          step: 'P1M',
          cursor_granularity: 'PT1S',
        },
      },
    }),
    api: () => (request) => ok({ data: [dated(request.index, 5)] }),
  },
  {
    name: 'a feed, newest first',
    proves: ['DatetimeBasedCursor'],
    stream: streamOf({
      ...paged({ type: 'PageIncrement', page_size: 2 }),
      stream: {
        incremental_sync: {
          ...CURSOR,
          is_data_feed: true,
          start_time_option: undefined,
          end_time_option: undefined,
        },
      },
    }),
    state: { updated_at: '2024-01-10T00:00:00Z' },
    api: () => (request) => {
      const page = Number(request.query['page'] ?? 0)
      return ok({ data: [dated(page * 2, 15 - page * 4), dated(page * 2 + 1, 13 - page * 4)] })
    },
  },
  {
    name: 'told apart here',
    proves: ['DatetimeBasedCursor'],
    stream: streamOf({
      stream: {
        incremental_sync: {
          ...CURSOR,
          is_client_side_incremental: true,
          start_time_option: undefined,
          end_time_option: undefined,
        },
      },
    }),
    state: { updated_at: '2024-01-10T00:00:00Z' },
    api: () => () => ok({ data: [dated(1, 9), dated(2, 10), dated(3, 12)] }),
  },
  {
    name: 'counting up',
    proves: ['IncrementingCountCursor'],
    stream: streamOf({
      stream: {
        incremental_sync: {
          type: 'IncrementingCountCursor',
          cursor_field: 'id',
          start_value: 0,
          start_value_option: option('after'),
        },
      },
    }),
    state: { id: 2 },
    api: () => (request) => ok({ data: things(Number(request.query['after'] ?? 0), 3) }),
  },
  {
    name: 'partitions of a list',
    proves: ['ListPartitionRouter'],
    stream: streamOf({
      path: 'things/{{ stream_partition.colour }}',
      retriever: {
        partition_router: {
          type: 'ListPartitionRouter',
          values: "{{ config['colours'] }}",
          cursor_field: 'colour',
          request_option: option('c'),
        },
      },
    }),
    config: { colours: ['red', 'blue'] },
    api: () => (request) => ok({ data: [{ id: 1, at: request.path }] }),
  },
  {
    name: 'partitions told in their records',
    proves: ['AddPartitionFields'],
    differs: 'it is a component of our own short form',
    stream: streamOf({
      retriever: {
        partition_router: { type: 'ListPartitionRouter', values: ['1e5', '007'], cursor_field: 'code' },
      },
      stream: { transformations: [{ type: 'AddPartitionFields' }] },
    }),
    api: () => () => ok({ data: [{ id: 1 }, { id: 2, code: 'own' }] }),
  },
  {
    name: 'a list times a list',
    proves: ['ListPartitionRouter'],
    stream: streamOf({
      retriever: {
        partition_router: [
          { type: 'ListPartitionRouter', values: ['a', 'b'], cursor_field: 'x', request_option: option('x') },
          { type: 'ListPartitionRouter', values: ['1', '2'], cursor_field: 'y', request_option: option('y') },
        ],
      },
    }),
    api: () => (request) => ok({ data: [{ id: request.index }] }),
  },
  {
    name: 'children of parents',
    proves: ['SubstreamPartitionRouter', 'ParentStreamConfig'],
    stream: streamOf({
      path: 'parents/{{ stream_partition.parent_id }}/things',
      retriever: { partition_router: children({ extra_fields: [['name']] }) },
      stream: {
        transformations: [
          {
            type: 'AddFields',
            fields: [{ path: ['parent'], value: "{{ stream_slice.extra_fields['name'] }}" }],
          },
        ],
      },
    }),
    api: () => (request) =>
      request.path === '/parents'
        ? ok({ data: [{ id: 1, name: 'one' }, { id: 2, name: 'two' }, { name: 'without id' }] })
        : ok({ data: [{ id: Number(request.path.split('/')[2]) }] }),
  },
  {
    name: 'a cursor per parent',
    proves: ['SubstreamPartitionRouter', 'DatetimeBasedCursor'],
    stream: streamOf({
      path: 'parents/{{ stream_partition.parent_id }}/things',
      retriever: { partition_router: children() },
      stream: { incremental_sync: CURSOR },
    }),
    state: {
      states: [
        { partition: { parent_id: 1, parent_slice: {} }, cursor: { updated_at: '2024-01-08T00:00:00Z' } },
      ],
      state: { updated_at: '2024-01-05T00:00:00Z' },
      lookback_window: 1,
      use_global_cursor: false,
    },
    api: () => (request) =>
      request.path === '/parents' ? ok({ data: things(1, 2) }) : ok({ data: [dated(1, 9), dated(2, 12)] }),
  },
  {
    name: 'parents read incrementally',
    proves: ['ParentStreamConfig'],
    stream: streamOf({
      path: 'parents/{{ stream_partition.parent_id }}/things',
      retriever: {
        partition_router: {
          type: 'SubstreamPartitionRouter',
          parent_stream_configs: [
            {
              type: 'ParentStreamConfig',
              parent_key: 'id',
              partition_field: 'parent_id',
              incremental_dependency: true,
              stream: streamOf({ name: 'parents', path: 'parents', stream: { incremental_sync: CURSOR } }),
            },
          ],
        },
      },
      stream: { incremental_sync: CURSOR },
    }),
    api: () => (request) =>
      request.path === '/parents' ? ok({ data: [dated(1, 3), dated(2, 6)] }) : ok({ data: [dated(1, 9)] }),
  },
  {
    name: 'the partitions of several routers, each once',
    proves: ['UnionPartitionRouter'],
    stream: streamOf({
      path: 'things/{{ stream_partition.colour }}',
      retriever: {
        partition_router: {
          type: 'UnionPartitionRouter',
          partition_field: 'colour',
          partition_routers: [
            { type: 'ListPartitionRouter', values: ['red', 'blue'], cursor_field: 'colour' },
            { type: 'ListPartitionRouter', values: ['blue', 'green'], cursor_field: 'colour' },
          ],
        },
      },
    }),
    api: () => (request) => ok({ data: [{ id: 1, at: request.path }] }),
  },
  {
    name: 'retried when the answer says',
    proves: ['WaitTimeFromResponse'],
    stream: streamOf({
      requester: {
        error_handler: {
          type: 'DefaultErrorHandler',
          backoff_strategies: [
            { type: 'WaitTimeFromResponse', wait_time_in_seconds: "{{ response['wait'] }}" },
          ],
        },
      },
    }),
    api: () => (request) => (request.index === 0 ? { json: { wait: 0.01 }, status: 429 } : ok(ALL)),
  },
  {
    name: 'partitions in groups',
    proves: ['GroupingPartitionRouter'],
    stream: streamOf({
      requester: { request_parameters: { ids: "{{ stream_partition.parent_id | join(',') }}" } },
      retriever: {
        partition_router: {
          type: 'GroupingPartitionRouter',
          group_size: 2,
          underlying_partition_router: children(),
        },
      },
    }),
    api: () => (request) =>
      request.path === '/parents' ? ok({ data: things(1, 3) }) : ok({ data: [{ id: request.index }] }),
  },
  {
    name: 'retried after an error',
    proves: ['DefaultErrorHandler', 'ConstantBackoffStrategy'],
    stream: streamOf({
      requester: { error_handler: { type: 'DefaultErrorHandler', backoff_strategies: [quick] } },
    }),
    api: stumbling(500, 503),
  },
  {
    name: 'retried ever later',
    proves: ['ExponentialBackoffStrategy'],
    stream: streamOf({
      requester: {
        error_handler: {
          type: 'DefaultErrorHandler',
          backoff_strategies: [{ type: 'ExponentialBackoffStrategy', factor: 0.01 }],
        },
      },
    }),
    api: stumbling(429, 429),
  },
  {
    name: 'retried when a header says',
    proves: ['WaitTimeFromHeader'],
    stream: streamOf({
      requester: {
        error_handler: {
          type: 'DefaultErrorHandler',
          backoff_strategies: [{ type: 'WaitTimeFromHeader', header: 'X-Wait' }],
        },
      },
    }),
    api: () => (request) =>
      request.index === 0 ? { json: {}, status: 429, headers: { 'X-Wait': '0.01' } } : ok(ALL),
  },
  {
    name: 'retried at the time a header says',
    proves: ['WaitUntilTimeFromHeader'],
    stream: streamOf({
      requester: {
        error_handler: {
          type: 'DefaultErrorHandler',
          backoff_strategies: [{ type: 'WaitUntilTimeFromHeader', header: 'X-Until', min_wait: 0.01 }],
        },
      },
    }),
    api: () => (request) =>
      request.index === 0 ? { json: {}, status: 429, headers: { 'X-Until': '1000' } } : ok(ALL),
  },
  {
    name: 'ignored and retried by filters',
    proves: ['HttpResponseFilter', 'CompositeErrorHandler'],
    stream: streamOf({
      requester: {
        path: 'things/{{ stream_partition.n }}',
        error_handler: {
          type: 'CompositeErrorHandler',
          error_handlers: [
            {
              type: 'DefaultErrorHandler',
              backoff_strategies: [quick],
              response_filters: [{ type: 'HttpResponseFilter', http_codes: [404], action: 'IGNORE' }],
            },
            {
              type: 'DefaultErrorHandler',
              response_filters: [
                { type: 'HttpResponseFilter', error_message_contains: 'busy', action: 'RETRY' },
              ],
            },
          ],
        },
      },
      retriever: {
        partition_router: { type: 'ListPartitionRouter', values: ['1', '2', '3'], cursor_field: 'n' },
      },
    }),
    api: () => {
      let busy = true
      return (request) => {
        if (request.path === '/things/1') return { json: { message: 'not here' }, status: 404 }
        if (request.path !== '/things/2' || !busy) return ok({ data: [{ id: 1, at: request.path }] })
        busy = false
        return { json: { error: { message: 'so busy' } }, status: 400 }
      }
    },
  },
  {
    name: 'fields added and removed',
    proves: ['AddFields', 'AddedFieldDefinition', 'RemoveFields'],
    stream: streamOf({
      stream: {
        transformations: [
          {
            type: 'AddFields',
            fields: [
              { path: ['double'], value: '{{ record.id * 2 }}' },
              { path: ['nested', 'text'], value: "{{ record['name'] ~ '!' }}", value_type: 'string' },
              { path: ['as_text'], value: '00{{ record.id }}', value_type: 'string' },
            ],
          },
          { type: 'RemoveFields', field_pointers: [['name'], ['deep', 'secret'], ['missing']] },
        ],
      },
    }),
    api: () => () => ok({ data: [{ id: 4, name: 'n', deep: { secret: 1, open: 2 } }] }),
  },
  {
    name: 'fields renamed',
    proves: ['KeysToSnakeCase', 'KeysToLower', 'KeysReplace'],
    stream: streamOf({
      stream: {
        transformations: [
          { type: 'KeysReplace', old: '-', new: '_' },
          { type: 'KeysToSnakeCase' },
          { type: 'KeysToLower' },
        ],
      },
    }),
    api: () => () => ok({ data: [{ ID: 4, firstName: 'n', 'a-b': 1, Nested: { HTTPCode2: 1 } }] }),
  },
  {
    name: 'fields brought up',
    proves: ['DpathFlattenFields', 'KeyTransformation'],
    stream: streamOf({
      stream: {
        transformations: [
          {
            type: 'DpathFlattenFields',
            field_path: ['attributes'],
            delete_origin_value: true,
            key_transformation: { type: 'KeyTransformation', prefix: 'a_' },
          },
        ],
      },
    }),
    api: () => () => ok({ data: [{ id: 4, attributes: { x: 1, y: { z: 2 } } }] }),
  },
  {
    name: 'fields flattened',
    proves: ['FlattenFields'],
    stream: streamOf({ stream: { transformations: [{ type: 'FlattenFields' }] } }),
    api: () => () => ok({ data: [{ id: 4, a: { x: 1, y: { z: 2 } }, list: [{ q: 1 }, 5] }] }),
  },
  {
    name: 'lines of JSON',
    proves: ['JsonlDecoder'],
    stream: streamOf({ fieldPath: [], retriever: { decoder: { type: 'JsonlDecoder' } } }),
    api: () => () => ({ body: '{"id":1}\n{"id":2}\n' }),
  },
  {
    name: 'lines',
    proves: ['IterableDecoder'],
    stream: streamOf({ fieldPath: [], retriever: { decoder: { type: 'IterableDecoder' } } }),
    api: () => () => ({ body: 'first\nsecond\n' }),
  },
  {
    name: 'CSV',
    proves: ['CsvDecoder'],
    stream: streamOf({ fieldPath: [], retriever: { decoder: { type: 'CsvDecoder', delimiter: ';' } } }),
    api: () => () => ({ body: 'id;name\n1;"a;""b"\n2;\n' }),
  },
  {
    name: 'compressed CSV',
    proves: ['GzipDecoder'],
    stream: streamOf({
      fieldPath: [],
      retriever: { decoder: { type: 'GzipDecoder', decoder: { type: 'CsvDecoder' } } },
    }),
    api: () => () => ({ body: gzipSync('id,name\n1,x\n'), headers: { 'content-type': 'application/gzip' } }),
  },
  {
    name: 'XML',
    proves: ['XmlDecoder'],
    stream: streamOf({ fieldPath: ['list', 'item'], retriever: { decoder: { type: 'XmlDecoder' } } }),
    api: () => () => ({
      body: '<?xml version="1.0"?><list><item n="1"><id>1</id></item><item n="2"><id>2</id>t &amp; u</item></list>',
    }),
  },
  {
    name: 'a body of JSON, with what slices and pages put in',
    proves: ['RequestBodyJsonObject'],
    stream: streamOf({
      requester: {
        http_method: 'POST',
        request_body: {
          type: 'RequestBodyJsonObject',
          value: { filter: { kind: "{{ config['kind'] }}" }, size: '{{ 2 }}' },
        },
      },
      ...paged(
        { type: 'PageIncrement', page_size: 2 },
        { type: 'RequestOption', inject_into: 'body_json', field_path: ['paging', 'page'] },
      ),
    }),
    config: { kind: 'k' },
    api: () => (request) => ok({ data: things(request.index * 2, request.index === 0 ? 2 : 1) }),
  },
  {
    name: 'a form',
    proves: ['RequestBodyUrlEncodedForm'],
    stream: streamOf({
      requester: {
        http_method: 'POST',
        request_body: { type: 'RequestBodyUrlEncodedForm', value: { a: 'x y', b: '{{ 1 }}' } },
      },
    }),
    api: () => () => ok(ALL),
  },
  {
    name: 'a query of GraphQL',
    proves: ['RequestBodyGraphQL'],
    stream: streamOf({
      requester: {
        http_method: 'POST',
        request_body: { type: 'RequestBodyGraphQL', value: { query: 'query { things { id } }' } },
      },
    }),
    api: () => () => ok(ALL),
  },
  {
    name: 'a stream for the first read',
    proves: ['StateDelegatingStream'],
    stream: {
      type: 'StateDelegatingStream',
      name: 'things',
      full_refresh_stream: streamOf({ path: 'all', stream: { incremental_sync: CURSOR } }),
      incremental_stream: streamOf({ path: 'events', stream: { incremental_sync: CURSOR } }),
    },
    state: { updated_at: '2024-01-10T00:00:00Z' },
    api: () => () => ok({ data: [dated(1, 12)] }),
  },
  {
    name: 'streams of the config',
    proves: [
      'DynamicDeclarativeStream',
      'ConfigComponentsResolver',
      'StreamConfig',
      'ComponentMappingDefinition',
    ],
    stream: streamOf({ name: 'fixed' }),
    manifest: {
      dynamic_streams: [
        {
          type: 'DynamicDeclarativeStream',
          stream_template: streamOf({ name: '' }),
          components_resolver: {
            type: 'ConfigComponentsResolver',
            stream_config: { type: 'StreamConfig', configs_pointer: ['tables'] },
            components_mapping: [
              {
                type: 'ComponentMappingDefinition',
                field_path: ['name'],
                value: "{{ components_values['name'] }}",
              },
              {
                type: 'ComponentMappingDefinition',
                field_path: ['retriever', 'requester', 'path'],
                value: "tables/{{ components_values['name'] }}",
              },
            ],
          },
        },
      ],
    },
    config: { tables: [{ name: 'things' }, { name: 'others' }] },
    api: () => (request) => ok({ data: [{ id: 1, at: request.path }] }),
  },
  {
    name: 'streams of the source',
    proves: ['HttpComponentsResolver'],
    stream: streamOf({ name: 'fixed' }),
    manifest: {
      dynamic_streams: [
        {
          type: 'DynamicDeclarativeStream',
          stream_template: streamOf({ name: '' }),
          components_resolver: {
            type: 'HttpComponentsResolver',
            retriever: streamOf({ path: 'tables' })['retriever'],
            components_mapping: [
              {
                type: 'ComponentMappingDefinition',
                field_path: ['name'],
                value: "{{ components_values['id'] }}",
              },
              {
                type: 'ComponentMappingDefinition',
                field_path: ['retriever', 'requester', 'path'],
                value: "tables/{{ components_values['id'] }}",
              },
            ],
          },
        },
      ],
    },
    api: () => (request) =>
      request.path === '/tables'
        ? ok({ data: [{ id: 'things' }] })
        : ok({ data: [{ id: 1, at: request.path }] }),
  },
  {
    name: 'properties in chunks',
    proves: ['QueryProperties', 'PropertyChunking', 'GroupByKeyMergeStrategy'],
    stream: streamOf({
      requester: {
        query_properties: {
          type: 'QueryProperties',
          property_list: ['a', 'b', 'c'],
          always_include_properties: ['id'],
          property_chunking: {
            type: 'PropertyChunking',
            property_limit_type: 'property_count',
            property_limit: 2,
            record_merge_strategy: { type: 'GroupByKeyMergeStrategy', key: ['id'] },
          },
        },
        request_parameters: { fields: "{{ query_properties | join(',') }}" },
      },
    }),
    api: () => (request) =>
      ok({
        data: ['1', '2'].map((id) =>
          Object.fromEntries(
            (request.query['fields'] ?? '')
              .split(',')
              .map((field) => [field, field === 'id' ? id : `${field}${id}`]),
          ),
        ),
      }),
  },
  {
    name: 'a budget of calls',
    proves: ['HTTPAPIBudget', 'MovingWindowCallRatePolicy', 'Rate', 'HttpRequestRegexMatcher'],
    stream: streamOf(paged({ type: 'PageIncrement', page_size: 1 })),
    manifest: {
      api_budget: {
        type: 'HTTPAPIBudget',
        policies: [
          {
            type: 'MovingWindowCallRatePolicy',
            rates: [{ type: 'Rate', limit: 1, interval: 'PT0.05S' }],
            matchers: [{ type: 'HttpRequestRegexMatcher', url_path_pattern: 'things' }],
          },
        ],
      },
    },
    api: () => (request) => ok({ data: things(request.index, request.index < 2 ? 1 : 0) }),
  },
  {
    name: 'a config that the manifest adds to',
    proves: ['ConfigAddFields', 'ConfigRemapField', 'ConfigMigration'],
    stream: streamOf({ path: "{{ config['derived'] }}/{{ config['colour'] }}" }),
    manifest: {
      spec: {
        type: 'Spec',
        connection_specification: { type: 'object', properties: {} },
        config_normalization_rules: {
          type: 'ConfigNormalizationRules',
          config_migrations: [
            {
              type: 'ConfigMigration',
              transformations: [{ type: 'ConfigRemapField', field_path: ['colour'], map: { r: 'red' } }],
            },
          ],
          transformations: [
            {
              type: 'ConfigAddFields',
              fields: [{ type: 'AddedFieldDefinition', path: ['derived'], value: "{{ config['colour'] }}s" }],
            },
          ],
        },
      },
    },
    config: { colour: 'r' },
    api: () => (request) => ok({ data: [{ id: 1, at: request.path }] }),
  },
  {
    name: 'several at once, by a level',
    proves: ['ConcurrencyLevel'],
    stream: streamOf(),
    manifest: {
      concurrency_level: {
        type: 'ConcurrencyLevel',
        default_concurrency: "{{ config.get('workers', 2) }}",
        max_concurrency: 4,
      },
    },
    api: () => () => ok(ALL),
  },
  {
    name: 'a state of an older form',
    differs:
      'airbyte-cdk makes states of partitions without their parent slice, which it then does not find again',
    proves: ['LegacyToPerPartitionStateMigration'],
    stream: streamOf({
      path: 'parents/{{ stream_partition.parent_id }}/things',
      retriever: { partition_router: children() },
      stream: {
        incremental_sync: CURSOR,
        state_migrations: [{ type: 'LegacyToPerPartitionStateMigration' }],
      },
    }),
    state: { '1': { updated_at: '2024-01-08T00:00:00Z' } },
    api: () => (request) =>
      request.path === '/parents' ? ok({ data: [{ id: '1' }] }) : ok({ data: [dated(1, 9)] }),
  },
  ...jobScenarios,
]
