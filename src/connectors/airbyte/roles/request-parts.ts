import type { Json, JsonObject } from '../../../api-manifest/json.ts'

/** Where something of a request goes. */
export const REQUEST_PARTS = ['request_parameter', 'header', 'body_data', 'body_json'] as const

export type RequestPart = (typeof REQUEST_PARTS)[number]

/** What is to be sent, by where it goes; `body_data` may be a text of its own. */
export interface RequestParts {
  readonly request_parameter: JsonObject
  readonly header: JsonObject
  readonly body_data: JsonObject | string
  readonly body_json: JsonObject
}

export const NO_PARTS: RequestParts = Object.freeze({
  request_parameter: {},
  header: {},
  body_data: {},
  body_json: {},
})

/** Says where a value goes, and under which name. */
export interface RequestOption {
  readonly part: RequestPart
  put(target: JsonObject, value: Json): void
}

/** The parts that one option makes of a value. */
export function partsOf(option: RequestOption | undefined, value: Json | undefined): RequestParts {
  if (option === undefined || value === undefined) return NO_PARTS
  const target: JsonObject = {}
  option.put(target, value)
  return { ...NO_PARTS, [option.part]: target }
}
