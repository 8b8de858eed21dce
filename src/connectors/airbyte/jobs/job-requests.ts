import type { Json, JsonObject } from '../../../api-manifest/json.ts'
import { isJsonObject, put } from '../../../api-manifest/json.ts'
import { fromHost } from '../../../jinja/values/convert.ts'
import { textOf } from '../../../jinja/values/text.ts'
import type { HttpResponse } from '../../http/http-message.ts'
import type { Builder } from '../builder.ts'
import { jsonDecoder } from '../components/json-decoder.ts'
import type { Definition } from '../definition.ts'
import { firstValue } from '../first-value.ts'
import { jsonOrEmpty } from '../response-values.ts'
import { NO_PARTS } from '../roles/request-parts.ts'
import type { Requester } from '../roles/roles.ts'
import type { StreamSlice } from '../stream-slice.ts'
import { type JobStatus, jobStatuses } from './job-status.ts'

/** How long a server has to take in that a job is not wanted any more. */
const FAREWELL_MS = 10_000

/** What is said to a server about its jobs. A slice that a job was made for has its `creation_response` among its extras. */
export class JobRequests {
  readonly #definition: Definition
  readonly #builder: Builder
  readonly #statuses: (status: string) => JobStatus | undefined

  constructor(definition: Definition, outer: Builder) {
    this.#definition = definition
    const decoder = definition.optionalChild('decoder')
    this.#builder = outer
      .withStream(undefined)
      .withDecoder(
        decoder === undefined ? jsonDecoder.make(definition, outer) : outer.make('decoder', decoder),
      )
    this.#statuses = jobStatuses(definition.child('status_mapping'))
    if (definition.has('download_target_requester') && !definition.has('download_target_extractor')) {
      throw definition.problem(
        '"download_target_requester" means nothing without "download_target_extractor"',
      )
    }
  }

  /** Has a job made for a slice, and gives the slice with what the server said. */
  async create(slice: StreamSlice): Promise<StreamSlice> {
    const response = await this.#send('creation_requester', slice)
    return withExtra(slice, { creation_response: contextOf(response) })
  }

  /** Asks how far a job is. Throws WW4403 for a status that the manifest has no meaning for. */
  async poll(job: StreamSlice): Promise<{ readonly status: JobStatus; readonly response: HttpResponse }> {
    const response = await this.#send('polling_requester', job)
    const extractor = this.#builder.make('extractor', this.#definition.child('status_extractor'))
    const found = await firstValue(extractor.extract(response))
    const status = this.#statuses(textOf(fromHost(found ?? null)))
    if (status === undefined) {
      throw this.#definition.problem('the job is in a state that "status_mapping" does not have')
    }
    return { status, response }
  }

  /** The slices to download a finished job by, one for each thing that there is to download. */
  async *targets(job: StreamSlice, polled: HttpResponse): AsyncGenerator<StreamSlice> {
    const known = withExtra(job, { polling_response: contextOf(polled) })
    const written = this.#definition.optionalChild('download_target_extractor')
    if (written === undefined) {
      yield withExtra(known, { download_target: '' })
      return
    }
    const response = this.#definition.has('download_target_requester')
      ? await this.#send('download_target_requester', known)
      : polled
    for await (const target of this.#builder.make('extractor', written).extract(response)) {
      yield withExtra(known, { download_target: target })
    }
  }

  /** Tells the server that a job is done with, where the manifest says how. */
  async delete(job: StreamSlice): Promise<void> {
    await this.#tell('delete_requester', job, this.#builder)
  }

  /** Tells the server to leave a job, where the manifest says how; also after the run was stopped. What it answers is no matter. */
  async abort(job: StreamSlice): Promise<void> {
    const builder = this.#builder.withSignal(AbortSignal.timeout(FAREWELL_MS))
    await this.#tell('abort_requester', job, builder).catch(() => undefined)
  }

  async #send(field: string, slice: StreamSlice): Promise<HttpResponse> {
    const response = await ask(this.#builder.make('requester', this.#definition.child(field)), slice)
    if (response === undefined)
      throw this.#definition.problem(`the "${field}" got no answer that it may go by`)
    return response
  }

  async #tell(field: string, job: StreamSlice, builder: Builder): Promise<void> {
    const written = this.#definition.optionalChild(field)
    if (written !== undefined) await ask(builder.make('requester', written), job)
  }
}

function ask(requester: Requester, slice: StreamSlice): Promise<HttpResponse | undefined> {
  return requester.send({ slice, token: undefined, path: undefined, parts: NO_PARTS })
}

function withExtra(slice: StreamSlice, extra: Readonly<Record<string, Json>>): StreamSlice {
  return { ...slice, extra: { ...slice.extra, ...extra } }
}

/** An answer as templates see it: its JSON, and its headers by their names as they are written and in small letters. */
function contextOf(response: HttpResponse): JsonObject {
  const value = jsonOrEmpty(response)
  const context: JsonObject = isJsonObject(value) ? { ...value } : {}
  const headers: JsonObject = {}
  for (const [name, text] of Object.entries(response.headers)) {
    for (const spelling of [name.toLowerCase(), titleCase(name), name]) put(headers, spelling, text)
  }
  return { headers, request: { url: response.url }, ...context }
}

function titleCase(name: string): string {
  return name.toLowerCase().replace(/(?:^|-)[a-z]/g, (letter) => letter.toUpperCase())
}
