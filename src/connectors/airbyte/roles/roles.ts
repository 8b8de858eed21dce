import type { Json, JsonObject } from '../../../api-manifest/json.ts'
import type { HttpResponse } from '../../http/http-message.ts'
import type { Outcome } from '../../http/retrying-client.ts'
import type { Cursor } from '../cursor/cursor.ts'
import type { StreamSlice } from '../stream-slice.ts'
import type { RequestOption, RequestParts } from './request-parts.ts'

/** What a request says to be let in. */
export interface Authenticator {
  parts(): Promise<RequestParts>
  /** Gets new credentials, where it can; false where it cannot. */
  renew?(): Promise<boolean>
}

/** Turns a body into values, one at a time. */
export interface Decoder {
  decode(response: HttpResponse): AsyncIterable<Json> | Iterable<Json>
  /**
   * The items of the list at a path of names, without all of a large body at once; in the end, whether there is a list. Undefined
   * where `decode` is as good.
   */
  items?(response: HttpResponse, path: readonly string[]): Generator<Json, boolean> | undefined
}

/** Finds the records in a response. */
export interface Extractor {
  extract(response: HttpResponse): AsyncIterable<Json> | Iterable<Json>
}

/** Changes a record in place. */
export interface Transformation {
  transform(record: JsonObject, slice: StreamSlice): void
}

export interface RecordFilter {
  accepts(record: JsonObject, slice: StreamSlice, token: Json | undefined): boolean
}

/** What a page was, for finding the next. */
export interface PageRead {
  readonly response: HttpResponse
  /** Records of the page as extracted, before filters. */
  readonly extracted: number
  /** Records of the page that went on. */
  readonly size: number
  readonly lastRecord: JsonObject | undefined
  /** The token the page was asked for by. */
  readonly token: Json | undefined
  readonly slice: StreamSlice
}

export interface PaginationStrategy {
  readonly initialToken: Json | undefined
  readonly pageSize: number | undefined
  /** The next page's token; undefined after the last. */
  next(page: PageRead): Promise<Json | undefined>
}

export interface Paginator {
  readonly initialToken: Json | undefined
  next(page: PageRead): Promise<Json | undefined>
  /** The address of a page, where its token is one. */
  path(token: Json | undefined): string | undefined
  parts(token: Json | undefined): RequestParts
}

/** What a response or its absence means for the request. */
export interface Resolution {
  readonly action:
    | 'SUCCESS'
    | 'RETRY'
    | 'RATE_LIMITED'
    | 'REFRESH_TOKEN_THEN_RETRY'
    | 'IGNORE'
    | 'FAIL'
    | 'RESET_PAGINATION'
  readonly message: string | undefined
}

export interface ErrorHandler {
  readonly maxRetries: number
  readonly maxSeconds: number
  readonly backoff: readonly BackoffStrategy[]
  resolve(outcome: Outcome): Resolution
}

export interface ResponseFilter {
  /** Undefined when the response is none it is about. */
  match(response: HttpResponse): Resolution | undefined
}

export interface BackoffStrategy {
  /** Seconds to wait after the attempt of this number, counted from 1; undefined when it does not know. */
  wait(outcome: Outcome, attempt: number): number | undefined
}

/** What a request of a retriever is about. */
export interface Asking {
  readonly slice: StreamSlice
  readonly token: Json | undefined
  /** In place of the requester's own. */
  readonly path: string | undefined
  readonly parts: RequestParts
}

export interface Requester {
  /** Undefined for an answer that is to be ignored. */
  send(asking: Asking): Promise<HttpResponse | undefined>
}

export interface PartitionRouter {
  slices(): AsyncIterable<StreamSlice>
  parts(slice: StreamSlice): RequestParts
  /** The state of parents that are read incrementally, by name. */
  parentState(): JsonObject
}

/** Reads the records of a slice, page by page. */
export interface Retriever {
  read(slice: StreamSlice): AsyncIterable<JsonObject>
}

export interface SchemaLoader {
  /** A JSON schema of the records; undefined where nothing is known. */
  load(): Promise<JsonObject | undefined>
}

export interface StateMigration {
  migrate(state: JsonObject): JsonObject
}

/** A stream of a manifest, ready to be read. */
export interface DeclarativeStream {
  readonly name: string
  readonly primaryKey: readonly string[]
  readonly cursor: Cursor
  readonly retriever: Retriever
  schema(): Promise<JsonObject | undefined>
}

/** The kinds of components, by what they are for. */
export interface Roles {
  authenticator: Authenticator
  decoder: Decoder
  extractor: Extractor
  'record filter': RecordFilter
  transformation: Transformation
  'pagination strategy': PaginationStrategy
  paginator: Paginator
  'error handler': ErrorHandler
  'response filter': ResponseFilter
  'backoff strategy': BackoffStrategy
  requester: Requester
  'request option': RequestOption
  'partition router': PartitionRouter
  retriever: Retriever
  'schema loader': SchemaLoader
  'state migration': StateMigration
}

export type Role = keyof Roles
