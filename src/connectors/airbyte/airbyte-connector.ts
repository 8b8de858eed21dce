import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import type { JsonObject } from '../../api-manifest/json.ts'
import type { DeclarativeManifest } from '../../api-manifest/read-manifest.ts'
import type { Field } from '../../batch/logical-type.ts'
import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Connector, RowsArrival, Stream } from '../connector.ts'
import { BodySpool } from '../http/body-spool.ts'
import { HttpTransport } from '../http/http-transport.ts'
import { type Pause, pause as realPause } from '../http/pause.ts'
import { RetryingClient } from '../http/retrying-client.ts'
import { RecordChunk } from '../records/record-chunk.ts'
import { schemaFields } from '../records/schema-fields.ts'
import { apiBudget } from './api-budget.ts'
import { type ApiPosition, formatPosition, parsePosition } from './api-position.ts'
import { Builder } from './builder.ts'
import { componentTable } from './component-table.ts'
import type { CredentialStore } from './credentials/credential-store.ts'
import type { SingleUseTokens } from './credentials/single-use-tokens.ts'
import { Definition, type DefinitionContext } from './definition.ts'
import { Interpolation } from './interpolation/interpolation.ts'
import { makeStream } from './make-stream.ts'
import { ResponseCache } from './response-cache.ts'
import type { DeclarativeStream } from './roles/roles.ts'
import { dynamicStreams, writtenStreams } from './stream-catalog.ts'
import { transformConfig } from './transform-config.ts'

/** A stream of the manifest, and what the pipeline calls it. */
export interface ApiStream {
  readonly stream: string
  readonly name: string
}

export interface AirbyteConnectorOptions {
  readonly manifest: DeclarativeManifest
  /** As it is given; the manifest's own transformations of it are done here. */
  readonly config: JsonObject
  /** All that the manifest has, under their own names, unless given. */
  readonly streams?: readonly ApiStream[]
  /** The text of a file beside the manifest. */
  readonly readFile?: (path: string) => string | undefined
  /** Gets every secret that is learnt on the way. */
  readonly onSecret?: (secret: string) => void
  /** Whether what is read is put beside what was read before, so that a stream must bring what is new only. */
  readonly appends?: boolean
  /** Where credentials are kept that a server changes. */
  readonly credentials?: CredentialStore | undefined
  readonly pause?: Pause
  /** Where large bodies lie while they are read, absolute; where the system has its temporary files, unless given. */
  readonly spoolFolder?: string
  /** About how many records an arrival has. */
  readonly chunkRows?: number | undefined
}

const CHUNK_ROWS = 20_000
/** Records after which the end of a slice is worth a place to go on from. */
const CHECKPOINT_ROWS = 5000
const CHUNK_BYTES = 16 * 1024 * 1024
const MOST_STREAMS_AT_ONCE = 8
const LIMITS = { connectTimeoutMs: 30_000, silenceTimeoutMs: 120_000, largestBody: 64 * 1024 ** 3 }

/** An HTTP API as a declarative manifest describes it. Records are asked for page by page, as they are taken. */
export class AirbyteConnector implements Connector {
  readonly streamsAtOnce: number
  readonly #options: AirbyteConnectorOptions
  readonly #context: DefinitionContext
  readonly #transport: HttpTransport
  readonly #spoolFolder: string
  readonly #client: RetryingClient
  readonly #cache = new ResponseCache()
  readonly #shared = new Map<string, SingleUseTokens>()
  #stopping = new AbortController()
  #found: Promise<ReadonlyMap<string, Definition>> | undefined

  constructor(options: AirbyteConnectorOptions) {
    this.#options = options
    const { manifest, config, pause = realPause, spoolFolder = tmpdir() } = options
    this.#spoolFolder = spoolFolder
    this.#transport = new HttpTransport({ ...LIMITS, spoolFolder })
    this.#context = {
      interpolation: new Interpolation(transformConfig(manifest, config)),
      origins: manifest.origins,
    }
    const source = new Definition(manifest.document, this.#context)
    const budget = source.optionalChild('api_budget')
    this.#client = new RetryingClient({
      transport: this.#transport,
      budget: budget && apiBudget(budget, pause),
      pause,
    })
    const level = source.optionalChild('concurrency_level')
    const wanted = level?.integer('default_concurrency') ?? 1
    this.streamsAtOnce = Math.max(1, Math.min(MOST_STREAMS_AT_ONCE, wanted))
  }

  async discover(): Promise<readonly Stream[]> {
    const names = this.#options.streams?.map(({ stream }) => stream) ?? [
      ...(await this.#definitions()).keys(),
    ]
    const streams: Stream[] = []
    for (const name of names) streams.push(await this.describe(name))
    return streams
  }

  /** Throws WW4407 for a stream that is not there. */
  async describe(stream: string): Promise<Stream> {
    const made = await this.#make(stream, {})
    const { cursor, primaryKey } = made
    const fields = schemaFields(await made.schema())
    return { name: stream, fields, key: primaryKey, incrementalKey: cursor.field }
  }

  /**
   * The records behind a position, in arrivals of bounded size. A position within a slice is none to go on from
   * (`isResumable`): pages have no names that last.
   */
  async *read(stream: string, position: string | null): AsyncGenerator<RowsArrival, void, undefined> {
    const known = parsePosition(position)
    const source = await this.#make(stream, known?.state ?? {})
    const declared = schemaFields(await source.schema())
    const read = randomUUID()
    let part = 0
    let hasOpen = false
    let found = known?.found ?? []
    let chunk = new RecordChunk(declared, found)
    const arrival = (state: JsonObject, isOpen: boolean): RowsArrival => {
      const full = chunk
      found = full.found()
      hasOpen = isOpen
      chunk = new RecordChunk(declared, found)
      return arrivalOf(full, source.name, { read, part: part++, state, isOpen, found })
    }
    const { cursor, retriever } = source
    if (this.#options.appends === true && cursor.field === undefined) {
      throw new WaterworksError('WW4416', { message: `the stream "${source.name}" has no cursor` })
    }
    for await (const slice of cursor.slices()) {
      const { state } = cursor
      for await (const record of retriever.read(slice)) {
        cursor.observe(record, slice)
        chunk.add(record)
        if (this.#isFull(chunk)) yield arrival(state, true)
      }
      cursor.close(slice)
      if (cursor.isResumable && (hasOpen || chunk.rows >= CHECKPOINT_ROWS)) yield arrival(cursor.state, false)
    }
    cursor.finish()
    // Of an empty stream there is one arrival without rows, so that it is known.
    const isNew = part === 0 && position === null && declared.length > 0
    if (hasOpen || chunk.rows > 0 || isNew) yield arrival(cursor.state, false)
  }

  isResumable(position: string): boolean {
    return parsePosition(position)?.isOpen !== true
  }

  async interrupt(): Promise<void> {
    this.#stopping.abort(new WaterworksError('WW5007', { message: 'reading the API was stopped' }))
    this.#stopping = new AbortController()
  }

  async close(): Promise<void> {
    await this.interrupt()
    this.#transport.close()
  }

  #isFull(chunk: RecordChunk): boolean {
    return chunk.rows >= (this.#options.chunkRows ?? CHUNK_ROWS) || chunk.size >= CHUNK_BYTES
  }

  async #make(stream: string, state: JsonObject): Promise<DeclarativeStream> {
    const name = this.#options.streams?.find((each) => each.stream === stream)?.name ?? stream
    const builder = this.#builder()
    const written = writtenStreams(this.#options.manifest, this.#context)
    const definition = written.get(name) ?? (await this.#definitions()).get(name)
    if (definition === undefined) throw await this.#unknown(name)
    return makeStream(definition, builder, state)
  }

  async #unknown(name: string): Promise<WaterworksError> {
    const near = suggest(name, [...(await this.#definitions()).keys()])
    return new WaterworksError('WW4407', {
      message: `the manifest has no stream "${name}"`,
      hint: near === undefined ? undefined : `Did you mean "${near}"?`,
    })
  }

  /** All streams, those that must be found out included. */
  #definitions(): Promise<ReadonlyMap<string, Definition>> {
    this.#found ??= (async () => {
      const { manifest } = this.#options
      const written = writtenStreams(manifest, this.#context)
      const dynamic = await dynamicStreams(manifest, this.#context, this.#builder())
      return new Map([...written, ...dynamic])
    })()
    return this.#found
  }

  #builder(): Builder {
    return new Builder({
      table: componentTable,
      client: this.#client,
      cache: this.#cache,
      signal: this.#stopping.signal,
      readFile: this.#options.readFile ?? (() => undefined),
      pause: this.#options.pause ?? realPause,
      credentials: this.#options.credentials,
      shared: this.#shared,
      newSpool: () => new BodySpool(this.#spoolFolder),
      onSecret: this.#options.onSecret ?? (() => undefined),
      makeStream,
    })
  }
}

function arrivalOf(chunk: RecordChunk, origin: string, position: ApiPosition): RowsArrival {
  const fields: readonly Field[] = chunk.fields()
  return {
    kind: 'rows',
    fields,
    origin,
    position: formatPosition(position),
    writeTo: (sink) => chunk.writeTo(sink),
  }
}
