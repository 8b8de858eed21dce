import type { JsonObject } from '../../../api-manifest/json.ts'
import { WaterworksError } from '../../../errors/waterworks-error.ts'
import type { HttpResponse } from '../../http/http-message.ts'
import type { Builder, ComponentType } from '../builder.ts'
import type { Definition } from '../definition.ts'
import { JobRequests } from '../jobs/job-requests.ts'
import { RecordSelector } from '../record-selector.ts'
import type { StreamSlice } from '../stream-slice.ts'

const POLL_SECONDS = 5
const TIMEOUT_MINUTES = 60
/** Jobs that may be made for a slice before it is given up. */
const MOST_JOBS = 3

interface FinishedJob {
  readonly job: StreamSlice
  readonly polled: HttpResponse
}

/**
 * Has a server make a job of each slice, asks until it is done, and downloads what it made. A job that fails or takes too long is
 * made anew; one that nobody waits for any more is left.
 */
export const asyncRetriever: ComponentType<'retriever'> = {
  type: 'AsyncRetriever',
  make(definition, builder) {
    const jobs = new JobRequests(definition, builder)
    const selector = new RecordSelector(definition.child('record_selector'), builder)
    const download = downloadOf(definition, builder)
    const timeoutMs = (definition.integer('polling_job_timeout') ?? TIMEOUT_MINUTES) * 60_000
    const retrySeconds = definition.integer('failed_retry_wait_time_in_seconds') ?? 0

    /** The job of a slice once it is done; undefined where the server says that there is nothing to get. */
    async function finished(slice: StreamSlice): Promise<FinishedJob | undefined> {
      for (let attempt = 1; ; attempt++) {
        const job = await jobs.create(slice)
        const until = Date.now() + timeoutMs
        let isOver = false
        try {
          for (;;) {
            const { status, response } = await jobs.poll(job)
            isOver = status !== 'running' && status !== 'timeout'
            if (status === 'completed') return { job, polled: response }
            if (status === 'skipped') return undefined
            if (status === 'running' && Date.now() < until) await builder.wait(POLL_SECONDS)
            else if (attempt >= MOST_JOBS) throw givenUp(definition, status === 'failed')
            else break
          }
        } finally {
          if (!isOver) await jobs.abort(job)
        }
        if (isOver) await builder.wait(retrySeconds)
      }
    }
    async function* downloaded({ job, polled }: FinishedJob): AsyncGenerator<JsonObject> {
      for await (const target of jobs.targets(job, polled)) yield* download.read(target)
    }
    return {
      async *read(slice) {
        const done = await finished(slice)
        if (done === undefined) return
        yield* selector.refine(downloaded(done), slice, undefined, () => undefined)
        await jobs.delete(done.job)
      },
    }
  },
}

/** Downloads are pages as those of any API, of which every value that is found is a record. */
function downloadOf(definition: Definition, builder: Builder) {
  const extractor = definition.object('download_extractor') ?? { type: 'DpathExtractor', field_path: [] }
  const paginator = definition.object('download_paginator')
  const decoder = definition.object('download_decoder')
  const written: JsonObject = {
    type: 'SimpleRetriever',
    requester: definition.child('download_requester').data,
    record_selector: { type: 'RecordSelector', extractor },
    ...(paginator === undefined ? {} : { paginator }),
    ...(decoder === undefined ? {} : { decoder }),
  }
  return builder.withStream(undefined).make('retriever', definition.at(written))
}

function givenUp(definition: Definition, hasFailed: boolean): WaterworksError {
  const what = hasFailed ? 'failed' : 'was not done in time'
  return new WaterworksError('WW4418', {
    message: `a job of the server ${what}, as did the ${MOST_JOBS - 1} made before it`,
    location: definition.location,
  })
}
