import type { Json, JsonObject } from '../../../api-manifest/json.ts'
import { WaterworksError } from '../../../errors/waterworks-error.ts'
import type { HttpResponse } from '../../http/http-message.ts'
import { sortedJson } from '../../records/sorted-json.ts'
import type { ComponentType } from '../builder.ts'
import type { Definition } from '../definition.ts'
import { PaginationReset } from '../pagination-reset.ts'
import { queryProperties } from '../query-properties.ts'
import { RecordSelector } from '../record-selector.ts'
import { mergeParts, PartCollision } from '../roles/merge-parts.ts'
import { NO_PARTS, type RequestParts } from '../roles/request-parts.ts'
import type { StreamSlice } from '../stream-slice.ts'
import { jsonDecoder } from './json-decoder.ts'
import { noPagination } from './no-pagination.ts'

/** Pages of one slice that may be asked for anew before it is given up. */
const MOST_RESETS = 10

/** Asks for the pages of a slice, one after another, and gives their records. */
export const simpleRetriever: ComponentType<'retriever'> = {
  type: 'SimpleRetriever',
  make(definition, outer) {
    for (const field of ['pagination_reset', 'page_size_reduction', 'request_window_splitting']) {
      if (definition.has(field)) throw definition.problem(`"${field}" is not there yet`)
    }
    const inner = definition.optionalChild('decoder')
    const decoder = inner === undefined ? jsonDecoder.make(definition, outer) : outer.make('decoder', inner)
    const builder = outer.withDecoder(decoder)
    const requester = builder.make('requester', definition.child('requester'))
    const selector = new RecordSelector(definition.child('record_selector'), builder)
    const paging = definition.optionalChild('paginator')
    const paginator =
      paging === undefined ? noPagination.make(definition, builder) : builder.make('paginator', paging)
    const properties = queryProperties(definition.child('requester'), builder)
    const quietPages = definition.boolean('ignore_stream_slicer_parameters_on_paginated_requests')
    const cursor = outer.stream?.cursor

    const partsFor = (slice: StreamSlice, token: Json | undefined): RequestParts => {
      const ofSlice = quietPages && token !== undefined ? NO_PARTS : (cursor?.parts(slice) ?? NO_PARTS)
      try {
        return mergeParts([paginator.parts(token), ofSlice])
      } catch (error) {
        if (error instanceof PartCollision) throw definition.problem(error.message)
        throw error
      }
    }
    async function* pages(slice: StreamSlice): AsyncGenerator<JsonObject> {
      let token = paginator.initialToken
      let last: HttpResponse | undefined
      for (;;) {
        let [extracted, size] = [0, 0]
        let lastRecord: JsonObject | undefined
        let response: Awaited<ReturnType<typeof requester.send>>
        const records = properties.combine(slice, async function* (asked) {
          response = await requester.send({
            slice: asked,
            token,
            path: paginator.path(token),
            parts: partsFor(asked, token),
          })
          if (response === undefined) return
          yield* selector.select(response, asked, token, () => {
            extracted++
          })
        })
        for await (const record of records) {
          size++
          lastRecord = record
          yield record
        }
        if (response === undefined) return
        const next = await paginator.next({ response, extracted, size, lastRecord, token, slice })
        if (next === undefined) {
          for (const page of [last, response]) page?.content.release()
          return
        }
        refuseStandstill(definition, { token, response }, next, last)
        last?.content.release()
        last = response
        token = next
      }
    }
    async function* read(slice: StreamSlice): AsyncGenerator<JsonObject> {
      for (let resets = 0; ; resets++) {
        try {
          yield* pages(slice)
          return
        } catch (error) {
          if (!(error instanceof PaginationReset)) throw error
          if (resets >= MOST_RESETS)
            throw definition.problem('the server wants its pages asked for anew without end')
        }
      }
    }
    const isFeed = outer.stream?.isDataFeed === true && cursor !== undefined
    return { read: isFeed ? (slice) => wanted(read(slice), slice) : read }

    /** Of a feed only what is new; pages end by what was seen of it, so it is looked at after them. */
    async function* wanted(
      records: AsyncIterable<JsonObject>,
      slice: StreamSlice,
    ): AsyncGenerator<JsonObject> {
      for await (const record of records) if (cursor?.isWanted(record, slice) !== false) yield record
    }
  },
}

/** A token may stay the same while the pages go on, as scrolls do; a page that comes again with its token is the end of nothing. */
function refuseStandstill(
  definition: Definition,
  { token, response }: { readonly token: Json | undefined; readonly response: HttpResponse },
  next: Json,
  last: HttpResponse | undefined,
): void {
  if (token === undefined || last === undefined || last.content.size !== response.content.size) return
  if (sortedJson(token) !== sortedJson(next) || !last.content.whole().equals(response.content.whole())) return
  throw new WaterworksError('WW4417', {
    message: 'a page comes again and again',
    location: definition.location,
  })
}
