import { createHmac } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { ApiHandler, ApiRequest } from '../../support/fake-api.ts'
import { ok, type Scenario, streamOf } from './scenario.ts'

const request = (path: string, method = 'GET') => ({
  type: 'HttpRequester',
  url_base: "{{ config['url'] }}",
  path,
  http_method: method,
})
const JOB = "jobs/{{ creation_response['id'] }}"
const parts = {
  status_mapping: {
    type: 'AsyncJobStatusMap',
    running: ['RUNNING', 'QUEUED'],
    completed: ['DONE'],
    failed: ['FAILED'],
    timeout: ['EXPIRED'],
    skipped: ['NOTHING'],
  },
  status_extractor: { type: 'DpathExtractor', field_path: ['status'] },
  creation_requester: request('jobs', 'POST'),
  polling_requester: request(JOB),
  download_requester: request('{{ download_target }}'),
  record_selector: { type: 'RecordSelector', extractor: { type: 'DpathExtractor', field_path: [] } },
}

function jobs(changes: object = {}, stream: object = {}) {
  const { retriever: _, ...rest } = streamOf({ stream: { ...stream } })
  return { ...rest, retriever: { type: 'AsyncRetriever', ...parts, ...changes } }
}

/** Jobs by number; each tells its states one after another, the last one for ever. */
function server(states: readonly (readonly string[])[], files: ApiHandler): () => ApiHandler {
  return () => {
    const polls: number[] = []
    return (asked: ApiRequest) => {
      const [, what, id] = asked.path.split('/')
      if (what !== 'jobs') return files(asked)
      if (asked.method === 'POST' && id === undefined) {
        polls.push(0)
        return ok({ id: polls.length })
      }
      if (asked.method !== 'GET') return ok({})
      const job = Number(id) - 1
      const told = states[Math.min(job, states.length - 1)]!
      const status = told[Math.min(polls[job]!++, told.length - 1)]
      return ok({ status, files: [`/files/${id}/a`, `/files/${id}/b`] })
    }
  }
}

const file: ApiHandler = ({ path }) =>
  ok([
    { id: 1, at: path },
    { id: 2, at: path },
  ])
const FILES = { type: 'DpathExtractor', field_path: ['files'] }

/** Components by which a server makes what is then downloaded, and by which large answers are decoded. */
export const jobScenarios: readonly Scenario[] = [
  {
    name: 'a job and what it made',
    proves: ['AsyncRetriever', 'AsyncJobStatusMap'],
    stream: jobs({
      download_target_extractor: FILES,
      delete_requester: request(`${JOB}/remove`, 'POST'),
      record_selector: {
        ...parts.record_selector,
        record_filter: { type: 'RecordFilter', condition: "{{ record['id'] > 1 }}" },
      },
    }),
    api: server([['QUEUED', 'RUNNING', 'DONE']], file),
  },
  {
    name: 'jobs that fail or are not done in time',
    proves: ['AsyncRetriever'],
    stream: jobs({
      download_target_extractor: FILES,
      abort_requester: request(`${JOB}/cancel`, 'POST'),
    }),
    api: server([['RUNNING', 'FAILED'], ['EXPIRED'], ['DONE']], file),
  },
  {
    name: 'a job for each partition, one of which has nothing',
    proves: ['AsyncRetriever'],
    stream: jobs({
      creation_requester: {
        ...request('jobs', 'POST'),
        request_body_json: { shop: '{{ stream_partition.shop }}' },
      },
      download_requester: request(
        "files/{{ polling_response['files'][0].split('/')[2] }}/{{ stream_partition.shop }}",
      ),
      partition_router: { type: 'ListPartitionRouter', values: ['x', 'y', 'z'], cursor_field: 'shop' },
    }),
    api: server([['DONE'], ['NOTHING'], ['RUNNING', 'DONE']], file),
  },
  {
    name: 'a job for each stretch of a cursor',
    proves: ['AsyncRetriever'],
    stream: jobs(
      {
        creation_requester: {
          ...request('jobs', 'POST'),
          request_body_json: {
            from: "{{ stream_interval['start_time'] }}",
            to: "{{ stream_interval['end_time'] }}",
          },
        },
        download_target_requester: request('targets/{{ polling_response.status }}'),
        download_target_extractor: { type: 'DpathExtractor', field_path: ['urls'] },
        download_decoder: { type: 'GzipDecoder', decoder: { type: 'JsonlDecoder' } },
      },
      {
        incremental_sync: {
          type: 'DatetimeBasedCursor',
          cursor_field: 'day',
          datetime_format: '%Y-%m-%d',
          start_datetime: '2024-01-01',
          end_datetime: '2024-01-04',
          step: 'P2D',
          cursor_granularity: 'P1D',
        },
      },
    ),
    api: server([['DONE']], ({ path }) =>
      path.startsWith('/targets')
        ? ok({ urls: ['files/1'] })
        : { body: gzipSync('{"id": 1, "day": "2024-01-02"}\n{"id": 2, "day": "2024-01-03"}\n') },
    ),
  },
  {
    name: 'items of one large document',
    proves: ['JsonItemsDecoder'],
    stream: streamOf({
      fieldPath: [],
      retriever: { decoder: { type: 'JsonItemsDecoder', items_path: 'report.rows' } },
    }),
    api: () => () =>
      ok({
        head: { rows: [9], text: '],"' },
        report: { rows: [{ id: 1, n: [1, { a: ']' }] }, { id: 2 }], end: 1 },
      }),
  },
  {
    name: 'records at several places',
    proves: ['CombinedExtractor'],
    stream: streamOf({
      selector: {
        extractor: {
          type: 'CombinedExtractor',
          extractors: [
            { type: 'DpathExtractor', field_path: ['issues'] },
            { type: 'DpathExtractor', field_path: ['pulls'] },
          ],
        },
      },
    }),
    api: () => () => ok({ issues: [{ id: 1 }, { id: 2 }], pulls: [{ id: 3 }] }),
  },
  {
    name: 'records at the first place that has any',
    proves: ['CombinedExtractor'],
    stream: streamOf({
      selector: {
        extractor: {
          type: 'CombinedExtractor',
          mode: 'first_match',
          skip_empty_records: true,
          extractors: [
            { type: 'DpathExtractor', field_path: ['first'] },
            { type: 'DpathExtractor', field_path: ['second'] },
            { type: 'DpathExtractor', field_path: ['last'] },
          ],
        },
      },
    }),
    api: () => () => ok({ first: [{}], second: [{ id: 2 }], last: [{ id: 3 }] }),
  },
  {
    name: 'files of a ZIP archive',
    proves: ['ZipfileDecoder'],
    stream: streamOf({
      fieldPath: [],
      retriever: { decoder: { type: 'ZipfileDecoder', decoder: { type: 'CsvDecoder' } } },
    }),
    api: () => () => ({
      body: Buffer.from(ARCHIVE, 'base64'),
      headers: { 'content-type': 'application/zip' },
    }),
  },
  {
    name: 'a body of JSON by its decoder',
    proves: ['JsonDecoder'],
    stream: streamOf({ fieldPath: ['name'], retriever: { decoder: { type: 'JsonDecoder' } } }),
    api: () => () => ok([{ name: { id: 1 } }, { name: { id: 2 } }]),
  },
  {
    name: 'refresh tokens that are good for one use',
    proves: ['OAuthAuthenticator'],
    stream: streamOf({
      requester: {
        authenticator: {
          type: 'OAuthAuthenticator',
          token_refresh_endpoint: "{{ config['url'] }}/token",
          client_id: 'me',
          client_secret: "{{ config['credentials']['client_secret'] }}",
          refresh_token: "{{ config['credentials']['refresh_token'] }}",
          refresh_token_updater: {},
        },
      },
    }),
    config: {
      credentials: { client_secret: 's', refresh_token: 'r1', access_token: '', token_expiry_date: '' },
    },
    api: () => (asked) =>
      asked.path === '/token'
        ? ok({ access_token: 'at1', refresh_token: 'r2', expires_in: 3600 })
        : ok({ data: [{ id: 1, auth: asked.headers.authorization }] }),
  },
  {
    name: 'a JSON web token',
    proves: ['JwtAuthenticator'],
    stream: streamOf({
      requester: {
        authenticator: {
          type: 'JwtAuthenticator',
          algorithm: 'HS256',
          secret_key: "{{ config['secret'] }}",
          token_duration: 60,
          header_prefix: 'Bearer',
          jwt_headers: { kid: 'k1', typ: 'JWT' },
          jwt_payload: { iss: 'me', aud: 'them' },
          additional_jwt_payload: { scope: 'read' },
        },
      },
    }),
    config: { secret: 'sesame-sesame-sesame-sesame-1234' },
    api: () => (asked) => ok({ data: [{ id: 1, ...claimsOf(asked.headers.authorization ?? '') }] }),
  },
  {
    name: 'a schema that the source tells',
    proves: ['DynamicSchemaLoader'],
    stream: streamOf({
      selector: { schema_normalization: 'Default' },
      stream: {
        schema_loader: {
          type: 'DynamicSchemaLoader',
          retriever: streamOf({ path: 'fields' })['retriever'],
          schema_type_identifier: {
            type: 'SchemaTypeIdentifier',
            schema_pointer: ['columns'],
            key_pointer: ['name'],
            type_pointer: ['kind'],
            types_mapping: [
              { type: 'TypesMap', current_type: 'int', target_type: 'integer' },
              { type: 'TypesMap', current_type: 'text', target_type: 'string' },
            ],
          },
        },
      },
    }),
    api: () => (asked) =>
      asked.path === '/fields'
        ? ok({
            data: [
              {
                columns: [
                  { name: 'id', kind: 'int' },
                  { name: 'n', kind: 'text' },
                ],
              },
            ],
          })
        : ok({ data: [{ id: '1', n: 2 }] }),
  },
  {
    name: 'a schema of a file',
    proves: ['JsonFileSchemaLoader'],
    differs: 'airbyte-cdk looks for the file beside the program that is run, and not beside the manifest',
    stream: streamOf({
      selector: { schema_normalization: 'Default' },
      stream: { schema_loader: { type: 'JsonFileSchemaLoader', file_path: './schemas/things.json' } },
    }),
    files: { 'schemas/things.json': '{"type": "object", "properties": {"id": {"type": "integer"}}}' },
    api: () => () => ok({ data: [{ id: '1' }] }),
  },
]

const ARCHIVE =
  'UEsDBBQAAAAIAAAAIVilwhlNEgAAABAAAAAHAAAAb25lLmNzdstM0clLzE3lMtRJ5DLSSeICAFBLAwQUAAAAAAAAACFY3f6GdgwAAAAMAAAABwAAAHR3by5jc3ZpZCxuYW1lCjMsYwpQSwECFAMUAAAACAAAACFYpcIZTRIAAAAQAAAABwAAAAAAAAAAAAAAgAEAAAAAb25lLmNzdlBLAQIUAxQAAAAAAAAAIVjd/oZ2DAAAAAwAAAAHAAAAAAAAAAAAAACAATcAAAB0d28uY3N2UEsFBgAAAAACAAIAagAAAGgAAAAAAA=='

/** What a token claims, without its times; nothing of one that is not signed as it should be. */
function claimsOf(header: string): object {
  const [head = '', claims = '', signature = ''] = header.replace('Bearer ', '').split('.')
  const key = 'sesame-sesame-sesame-sesame-1234'
  const right = createHmac('sha256', key).update(`${head}.${claims}`).digest('base64url')
  if (signature !== right) return {}
  const { iss, aud, scope, iat, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString())
  return { iss, aud, scope, lasts: exp - iat, ...JSON.parse(Buffer.from(head, 'base64url').toString()) }
}
