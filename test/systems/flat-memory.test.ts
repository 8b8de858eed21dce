import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LargeApi } from '../support/large-api.ts'

const run = promisify(execFile)
const DRAIN = join(import.meta.dirname, '../support/drain-source.ts')
const TAP = join(import.meta.dirname, '../support/tap.ts')
/**
 * What JavaScript’s heap may have: less than what the larger read would take if it were held. Without a bound garbage would be
 * measured, which is collected when there is need.
 */
const HEAP = ['--max-old-space-size=96', '--max-semi-space-size=8']
/** The larger read against the smaller one: what garbage makes of it differs by a third, an answer that is held at least doubles it. */
const MOST = 1.6
/** Enough for the bounded heap to be full in the smaller read as well. */
const RECORDS = 100_000
/** A program in JavaScript that writes them takes longer than reading them. */
const TAP_RECORDS = 30_000

let api: LargeApi
beforeAll(async () => {
  api = await LargeApi.start()
})
afterAll(() => api.close())

/** Each form in which an API answers, and how it is decoded. */
const FORMS = {
  pages: { path: ['data'], decoder: undefined },
  json: { path: ['data'], decoder: undefined },
  items: { path: [], decoder: { type: 'JsonItemsDecoder', items_path: 'data' } },
  jsonl: { path: [], decoder: { type: 'JsonlDecoder' } },
  csv: { path: [], decoder: { type: 'CsvDecoder' } },
  lines: { path: [], decoder: { type: 'IterableDecoder' } },
  gzip: { path: [], decoder: { type: 'GzipDecoder', decoder: { type: 'JsonlDecoder' } } },
  zip: { path: [], decoder: { type: 'ZipfileDecoder', decoder: { type: 'JsonlDecoder' } } },
} as const

describe('memory does not grow with what is read', () => {
  it.each(Object.keys(FORMS) as (keyof typeof FORMS)[])('of an API that answers by %s', async (form) => {
    const peaks = await Promise.all(
      [RECORDS, RECORDS * 10].map((count) => drain(manifestOf(form, count), count)),
    )
    report(form, peaks)
    expect(peaks[1]! / peaks[0]!).toBeLessThan(MOST)
  })

  it('of a tap', { timeout: 300_000 }, async () => {
    const peaks = await Promise.all(
      [TAP_RECORDS, TAP_RECORDS * 10].map((days) =>
        drain({ tap: [process.execPath, TAP], config: { days, stateEvery: 1_000 }, stream: 'things' }, days),
      ),
    )
    report('tap', peaks)
    expect(peaks[1]! / peaks[0]!).toBeLessThan(MOST)
  })
})

async function drain(source: object, records: number): Promise<number> {
  const { stdout } = await run(process.execPath, [...HEAP, DRAIN, JSON.stringify(source)])
  const { rows, peak } = JSON.parse(stdout)
  expect(rows).toBe(records)
  return peak
}

function report(form: string, [small = 0, large = 0]: readonly number[]): void {
  const megabytes = (bytes: number) => Math.round(bytes / 2 ** 20)
  console.log(`${form}: ${megabytes(small)} MB, with ten times the records ${megabytes(large)} MB`)
}

function manifestOf(form: keyof typeof FORMS, count: number): object {
  const { path, decoder } = FORMS[form]
  const served = form === 'items' ? 'json' : form === 'lines' ? 'jsonl' : form
  const paginator = {
    type: 'DefaultPaginator',
    page_token_option: { type: 'RequestOption', inject_into: 'request_parameter', field_name: 'page' },
    pagination_strategy: { type: 'PageIncrement', page_size: 1_000 },
  }
  const retriever = {
    type: 'SimpleRetriever',
    requester: {
      type: 'HttpRequester',
      url_base: api.url,
      path: served,
      request_parameters: { count: String(count) },
    },
    record_selector: { type: 'RecordSelector', extractor: { type: 'DpathExtractor', field_path: path } },
    ...(decoder === undefined ? {} : { decoder }),
    ...(form === 'pages' ? { paginator } : {}),
  }
  const schema_loader = { type: 'InlineSchemaLoader', schema: {} }
  const stream = { type: 'DeclarativeStream', name: 'rows', schema_loader, retriever }
  const check = { type: 'CheckStream', stream_names: ['rows'] }
  const manifest = { version: '6.0.0', type: 'DeclarativeSource', check, streams: [stream] }
  return { manifest, config: {}, stream: 'rows' }
}
