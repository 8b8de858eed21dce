import { z } from 'zod'
import { count, password, positive, text, texts } from './fields.ts'

/** A way into what an API answers: names with dots between, or a list of them. */
const path = z.union([text, z.array(text)])
const into = z
  .enum(['parameters', 'headers', 'body'])
  .optional()
  .describe('Where it goes; parameters unless given, the variables of a GraphQL query.')
/** Values of parameters, headers and bodies; texts may be templates. */
const values = z.record(text, z.unknown())

const size = positive.optional().describe('How many records a page has.')

const pages = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('none').describe('All records are in one answer.') }),
  z.strictObject({
    by: z.literal('page').describe('By number, to the first page that is not full, or empty without `size`.'),
    parameter: text.optional().describe('page unless given.'),
    first: count.optional().describe('1 unless given.'),
    size,
    size_parameter: text.optional(),
    in: into,
  }),
  z.strictObject({
    by: z.literal('offset').describe('By the number of records before, to the first page that is not full.'),
    parameter: text.optional().describe('offset unless given.'),
    size: positive,
    size_parameter: text.optional().describe('limit unless given.'),
    in: into,
  }),
  z.strictObject({
    by: z.literal('cursor').describe('By a value in the answer, until there is none.'),
    value: path.describe('The way to it in the answer.'),
    parameter: text.describe('What it is called in the next request.'),
    more: path.optional().describe('The way to what says whether there are more.'),
    size,
    size_parameter: text.optional(),
    in: into,
  }),
  z.strictObject({
    by: z.literal('next_url').describe('By an address in the answer, until there is none.'),
    value: path.describe('The way to it in the answer.'),
  }),
  z.strictObject({ by: z.literal('link_header').describe('By the next address of the Link header.') }),
  z.strictObject({
    by: z.literal('page_info').describe('Of GraphQL: by the end cursor of a connection.'),
    path: path.describe('The way to `pageInfo` in the answer.'),
    variable: text.optional().describe('after unless given.'),
    size,
    size_variable: text.optional().describe('first unless given, where there is a size.'),
  }),
])

const auth = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('bearer'), token: password.describe('In the Authorization header.') }),
  z.strictObject({ type: z.literal('basic'), username: z.string(), password }),
  z.strictObject({
    type: z.literal('api_key'),
    api_key: password,
    header: text.optional().describe('The header that it goes into; X-API-Key unless given.'),
    parameter: text.optional().describe('The parameter that it goes into, in place of a header.'),
  }),
  z.strictObject({
    type: z.literal('oauth').describe('OAuth 2: client credentials, or a refresh token where one is given.'),
    endpoint: text.describe('Where tokens are got.'),
    client_id: text,
    client_secret: password,
    refresh_token: password,
    scopes: texts.optional(),
  }),
])

const cursor = z.strictObject({
  field: text.describe('The field of a record that grows as records change.'),
  start: z
    .union([text, z.int()])
    .describe('Where the first read begins: a time in `format`, or a number for fields that count up.'),
  parameter: text
    .optional()
    .describe('What the start of a read is called in requests; without it records are told apart here.'),
  end_parameter: text.optional().describe('The same for the end of a read, which is now.'),
  format: text
    .optional()
    .describe('How times are written in requests, as strftime has it; %Y-%m-%dT%H:%M:%SZ unless given.'),
  lookback: text.optional().describe('How far below its last value a read begins, in ISO 8601: PT1H, P1D.'),
  in: into,
})

const requestStream = z.strictObject({
  name: text.describe('Unique here; the table is called so, in small letters.'),
  path: text
    .optional()
    .describe('Behind the `url`. A template: {{ stream_partition.order_id }} is of a parent.'),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH']).optional().describe('GET unless given; POST for GraphQL.'),
  parameters: values.optional(),
  headers: values.optional(),
  body: values.optional().describe('Sent as JSON.'),
  graphql: z
    .strictObject({
      query: text.optional().describe('The query; or `file`.'),
      file: text.optional().describe('A file with the query, relative to the project folder.'),
      variables: values.optional(),
      partial: z
        .enum(['fail', 'keep'])
        .optional()
        .describe('What becomes of an answer with both data and errors; fail unless given.'),
    })
    .optional()
    .describe('A query of GraphQL, sent to the `url`. Errors in an answer are errors.'),
  records: path
    .optional()
    .describe('The way to the records; the whole answer unless given. `*` is every one.'),
  key: texts.optional().describe('The fields that say which record is which.'),
  cursor: cursor.optional(),
  pages: pages.optional(),
  parent: z
    .strictObject({
      stream: text.describe('A stream that stands here as well: each of its records is asked about.'),
      field: text.describe('The field of it that is asked with.'),
      as: text
        .optional()
        .describe('What it is called in templates and in the records; `field` unless given.'),
    })
    .optional(),
  ignored_statuses: z.array(z.int()).optional().describe('Statuses that mean no records, such as 404.'),
})

/** An HTTP API that nobody wrote a manifest for. */
export const requestsEntry = z.strictObject({
  url: text.describe('What all paths stand behind.'),
  auth: auth.optional().describe('What lets requests in.'),
  headers: values.optional().describe('Of all streams.'),
  parameters: values.optional().describe('Of all streams.'),
  pages: pages.optional().describe('Of the streams that say nothing of pages; none unless given.'),
  rate_limit: z
    .strictObject({
      calls: positive.describe('The most requests.'),
      seconds: positive.describe('In so many seconds.'),
    })
    .optional()
    .describe('The most requests in so many seconds, all streams together.'),
  concurrency: positive.optional().describe('How many streams are read at once; 1 unless given, 8 at most.'),
  streams: z
    .array(requestStream)
    .min(1, 'must not be empty')
    .describe('What is read, each into a table of its own.'),
})

export type RequestsEntry = z.infer<typeof requestsEntry>
export type RequestStream = RequestsEntry['streams'][number]
export type Pages = z.infer<typeof pages>
export type Auth = z.infer<typeof auth>
