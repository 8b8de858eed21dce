import { isJsonObject, type Json, type JsonObject } from '../../api-manifest/json.ts'
import type { HttpResponse } from '../http/http-message.ts'
import type { Builder } from './builder.ts'
import type { Cursor } from './cursor/cursor.ts'
import type { Definition } from './definition.ts'
import type { Extractor, RecordFilter, Transformation } from './roles/roles.ts'
import { normalizeBySchema } from './schema/normalize-by-schema.ts'
import type { StreamSlice } from './stream-slice.ts'

/** What of a response is a record, and what becomes of it. Counts what it extracts. */
export class RecordSelector {
  readonly #extractor: Extractor
  readonly #filter: RecordFilter | undefined
  readonly #transformations: readonly Transformation[]
  readonly #transformsFirst: boolean
  /** Tells the records that are wanted, where that is not the server's work. */
  readonly #cursor: Cursor | undefined
  readonly #schema: (() => Promise<JsonObject | undefined>) | undefined

  constructor(definition: Definition, builder: Builder) {
    const { stream } = builder
    this.#extractor = builder.make('extractor', definition.child('extractor'))
    const filter = definition.optionalChild('record_filter')
    this.#filter = filter && builder.make('record filter', filter)
    this.#transformations = stream?.transformations ?? []
    const isFilteredHere = stream?.isFilteredHere === true
    this.#cursor = isFilteredHere && stream?.isDataFeed !== true ? stream?.cursor : undefined
    this.#transformsFirst = definition.has('transform_before_filtering')
      ? definition.boolean('transform_before_filtering')
      : isFilteredHere
    this.#schema = definition.optionalText('schema_normalization') === 'Default' ? stream?.schema : undefined
  }

  /** @param count called for each record that the response holds, whatever becomes of it */
  select(
    response: HttpResponse,
    slice: StreamSlice,
    token: Json | undefined,
    count: () => void,
  ): AsyncGenerator<JsonObject> {
    return this.refine(this.#extractor.extract(response), slice, token, count)
  }

  /** What becomes of values that were found elsewhere. */
  async *refine(
    values: AsyncIterable<Json> | Iterable<Json>,
    slice: StreamSlice,
    token: Json | undefined,
    count: () => void,
  ): AsyncGenerator<JsonObject> {
    const schema = await this.#schema?.()
    for await (const found of values) {
      count()
      // Only objects have fields: a record that is none gets one.
      const record: JsonObject = isJsonObject(found) ? found : { value: found }
      if (this.#transformsFirst) this.#transform(record, slice)
      if (this.#cursor?.isWanted(record, slice) === false) continue
      if (this.#filter?.accepts(record, slice, token) === false) continue
      if (!this.#transformsFirst) this.#transform(record, slice)
      yield schema === undefined ? record : normalizeBySchema(record, schema)
    }
  }

  #transform(record: JsonObject, slice: StreamSlice): void {
    for (const transformation of this.#transformations) transformation.transform(record, slice)
  }
}
