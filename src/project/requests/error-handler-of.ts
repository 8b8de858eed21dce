import type { JsonObject } from '../../api-manifest/json.ts'
import type { RequestStream } from '../schema/requests-entry.ts'

/** What servers of GraphQL call a limit of calls, in an answer whose status says that all is well. */
const LIMITED = ['THROTTLED', 'RATE_LIMITED', 'RATELIMITED', 'TOO_MANY_REQUESTS']

/** The component that says what answers mean beside what their status says. */
export function errorHandlerOf({ ignored_statuses = [], graphql }: RequestStream): JsonObject {
  const filters: JsonObject[] = []
  if (ignored_statuses.length > 0) {
    filters.push({ type: 'HttpResponseFilter', action: 'IGNORE', http_codes: [...ignored_statuses] })
  }
  if (graphql !== undefined) {
    const errors = "response.get('errors')"
    const first = `(${errors} or [{}])[0]`
    const code = `((${first}.get('extensions') or {}).get('code') or ${first}.get('type'))`
    filters.push(
      {
        type: 'HttpResponseFilter',
        action: 'RATE_LIMITED',
        predicate: `{{ ${errors} and ${code} in ${JSON.stringify(LIMITED)} }}`,
      },
      {
        type: 'HttpResponseFilter',
        action: 'FAIL',
        predicate: `{{ ${errors}${graphql.partial === 'keep' ? " and not response.get('data')" : ''} }}`,
        error_message: `the answer to the query has errors: {{ ${first}.get('message') }}`,
      },
    )
  }
  return { type: 'DefaultErrorHandler', response_filters: filters }
}
