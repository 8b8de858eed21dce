import {
  copyJson,
  isJsonObject,
  type Json,
  type JsonObject,
  member,
  put,
} from '../../../api-manifest/json.ts'
import { sortedJson } from '../../records/sorted-json.ts'
import { NO_PARTS, type RequestParts } from './request-parts.ts'

/** Two components give a request different values under one name. */
export class PartCollision extends Error {}

/**
 * The parts of several components as one request's. Throws PartCollision where two give one name: in a JSON body only
 * when their values differ.
 */
export function mergeParts(parts: readonly RequestParts[]): RequestParts {
  const all = parts.filter((part) => part !== NO_PARTS)
  return {
    request_parameter: mergeObjects(
      all.map((part) => part.request_parameter),
      false,
    ),
    header: mergeObjects(
      all.map((part) => part.header),
      false,
    ),
    body_data: mergeData(all.map((part) => part.body_data)),
    body_json: mergeObjects(
      all.map((part) => part.body_json),
      true,
    ),
  }
}

function mergeData(parts: readonly (JsonObject | string)[]): JsonObject | string {
  const given = parts.filter((part) => typeof part === 'string' || Object.keys(part).length > 0)
  const text = given.find((part) => typeof part === 'string')
  if (text === undefined)
    return mergeObjects(
      given.filter((part) => typeof part !== 'string'),
      false,
    )
  if (given.length > 1) throw new PartCollision('the body is a text, and something else is to go into it')
  return text
}

function mergeObjects(objects: readonly JsonObject[], mayAgree: boolean): JsonObject {
  const result: JsonObject = {}
  for (const object of objects) mergeInto(result, object, mayAgree, '')
  return result
}

function mergeInto(target: JsonObject, source: JsonObject, mayAgree: boolean, path: string): void {
  for (const [key, value] of Object.entries(source)) {
    const there = member(target, key)
    if (there === undefined) put(target, key, copyJson<Json>(value))
    else if (mayAgree && isJsonObject(there) && isJsonObject(value)) {
      mergeInto(there, value, mayAgree, `${path}${key}.`)
    } else if (!mayAgree || sortedJson(there) !== sortedJson(value)) {
      throw new PartCollision(`"${path}${key}" is given to the request twice`)
    }
  }
}
