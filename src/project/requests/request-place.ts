import type { JsonObject } from '../../api-manifest/json.ts'

export type Into = 'parameters' | 'headers' | 'body'

/** Where a value of a request goes. In a query of GraphQL it is a variable unless said otherwise. */
export function requestPlace(name: string, into: Into | undefined, isGraphQl: boolean): JsonObject {
  const option = { type: 'RequestOption' }
  if (into === undefined && isGraphQl) {
    return { ...option, inject_into: 'body_json', field_path: ['variables', name] }
  }
  if (into === 'body') return { ...option, inject_into: 'body_json', field_path: name.split('.') }
  return { ...option, inject_into: into === 'headers' ? 'header' : 'request_parameter', field_name: name }
}
