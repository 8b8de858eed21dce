import type { ComponentTable, ComponentType, Make } from './builder.ts'
import { addFields } from './components/add-fields.ts'
import { addPartitionFields } from './components/add-partition-fields.ts'
import { apiKeyAuthenticator } from './components/api-key-authenticator.ts'
import { asyncRetriever } from './components/async-retriever.ts'
import { basicHttpAuthenticator } from './components/basic-http-authenticator.ts'
import { bearerAuthenticator } from './components/bearer-authenticator.ts'
import { combinedExtractor } from './components/combined-extractor.ts'
import { compositeErrorHandler } from './components/composite-error-handler.ts'
import { constantBackoff } from './components/constant-backoff.ts'
import { csvDecoder } from './components/csv-decoder.ts'
import { cursorPagination } from './components/cursor-pagination.ts'
import { defaultErrorHandler } from './components/default-error-handler.ts'
import { defaultPaginator } from './components/default-paginator.ts'
import { dpathExtractor } from './components/dpath-extractor.ts'
import { dpathFlattenFields } from './components/dpath-flatten-fields.ts'
import { dynamicSchemaLoader } from './components/dynamic-schema-loader.ts'
import { exponentialBackoff } from './components/exponential-backoff.ts'
import { flattenFields } from './components/flatten-fields.ts'
import { groupingPartitionRouter } from './components/grouping-partition-router.ts'
import { gzipDecoder } from './components/gzip-decoder.ts'
import { httpRequester } from './components/http-requester.ts'
import { httpResponseFilter } from './components/http-response-filter.ts'
import { inlineSchemaLoader } from './components/inline-schema-loader.ts'
import { iterableDecoder } from './components/iterable-decoder.ts'
import { jsonDecoder } from './components/json-decoder.ts'
import { jsonFileSchemaLoader } from './components/json-file-schema-loader.ts'
import { jsonItemsDecoder } from './components/json-items-decoder.ts'
import { jsonlDecoder } from './components/jsonl-decoder.ts'
import { jwtAuthenticator } from './components/jwt-authenticator.ts'
import { keysReplace } from './components/keys-replace.ts'
import { keysToLower } from './components/keys-to-lower.ts'
import { keysToSnakeCase } from './components/keys-to-snake-case.ts'
import { legacySessionTokenAuthenticator } from './components/legacy-session-token-authenticator.ts'
import { legacyToPerPartitionStateMigration } from './components/legacy-to-per-partition-state-migration.ts'
import { listPartitionRouter } from './components/list-partition-router.ts'
import { noAuth } from './components/no-auth.ts'
import { noPagination } from './components/no-pagination.ts'
import { oauthAuthenticator } from './components/oauth-authenticator.ts'
import { offsetIncrement } from './components/offset-increment.ts'
import { pageIncrement } from './components/page-increment.ts'
import { recordFilter } from './components/record-filter.ts'
import { removeFields } from './components/remove-fields.ts'
import { requestOption } from './components/request-option.ts'
import { selectiveAuthenticator } from './components/selective-authenticator.ts'
import { sessionTokenAuthenticator } from './components/session-token-authenticator.ts'
import { simpleRetriever } from './components/simple-retriever.ts'
import { substreamPartitionRouter } from './components/substream-partition-router.ts'
import { unionPartitionRouter } from './components/union-partition-router.ts'
import { waitTimeFromHeader } from './components/wait-time-from-header.ts'
import { waitTimeFromResponse } from './components/wait-time-from-response.ts'
import { waitUntilTimeFromHeader } from './components/wait-until-time-from-header.ts'
import { xmlDecoder } from './components/xml-decoder.ts'
import { zipfileDecoder } from './components/zipfile-decoder.ts'
import type { Role, Roles } from './roles/roles.ts'

/** Every type of component that manifests may use. */
export const componentTable: ComponentTable = Object.freeze({
  authenticator: byType<'authenticator'>([
    noAuth,
    bearerAuthenticator,
    basicHttpAuthenticator,
    apiKeyAuthenticator,
    oauthAuthenticator,
    jwtAuthenticator,
    sessionTokenAuthenticator,
    legacySessionTokenAuthenticator,
    selectiveAuthenticator,
  ]),
  decoder: byType<'decoder'>([
    jsonDecoder,
    jsonItemsDecoder,
    jsonlDecoder,
    iterableDecoder,
    csvDecoder,
    xmlDecoder,
    gzipDecoder,
    zipfileDecoder,
  ]),
  extractor: byType<'extractor'>([dpathExtractor, combinedExtractor]),
  'record filter': byType<'record filter'>([recordFilter]),
  transformation: byType<'transformation'>([
    addFields,
    addPartitionFields,
    removeFields,
    keysToLower,
    keysToSnakeCase,
    keysReplace,
    flattenFields,
    dpathFlattenFields,
  ]),
  'pagination strategy': byType<'pagination strategy'>([pageIncrement, offsetIncrement, cursorPagination]),
  paginator: byType<'paginator'>([defaultPaginator, noPagination]),
  'error handler': byType<'error handler'>([defaultErrorHandler, compositeErrorHandler]),
  'response filter': byType<'response filter'>([httpResponseFilter]),
  'backoff strategy': byType<'backoff strategy'>([
    constantBackoff,
    exponentialBackoff,
    waitTimeFromHeader,
    waitUntilTimeFromHeader,
    waitTimeFromResponse,
  ]),
  requester: byType<'requester'>([httpRequester]),
  'request option': byType<'request option'>([requestOption]),
  'partition router': byType<'partition router'>([
    listPartitionRouter,
    substreamPartitionRouter,
    groupingPartitionRouter,
    unionPartitionRouter,
  ]),
  retriever: byType<'retriever'>([simpleRetriever, asyncRetriever]),
  'schema loader': byType<'schema loader'>([inlineSchemaLoader, jsonFileSchemaLoader, dynamicSchemaLoader]),
  'state migration': byType<'state migration'>([legacyToPerPartitionStateMigration]),
})

function byType<R extends Role>(types: readonly ComponentType<R>[]): ReadonlyMap<string, Make<Roles[R]>> {
  return new Map(types.map(({ type, make }) => [type, make]))
}
