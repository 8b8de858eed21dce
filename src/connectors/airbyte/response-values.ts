import { isJsonObject, type Json, member } from '../../api-manifest/json.ts'
import { fromHost } from '../../jinja/values/convert.ts'
import { hostFunction } from '../../jinja/values/host-function.ts'
import { HostObject } from '../../jinja/values/host-object.ts'
import type { HttpResponse } from '../http/http-message.ts'
import { parseJson } from '../records/parse-json.ts'
import type { Scope } from './interpolation/interpolation.ts'

/** What templates see of a response: its JSON, an empty object where it has none, and its headers. */
export function responseScope(response: HttpResponse): Scope {
  return {
    response: jsonOrEmpty(response),
    headers: new HeadersValue(response),
    request_url: placeOf(response.url),
  }
}

export function jsonOrEmpty(response: HttpResponse): Json {
  try {
    return parseJson(response.text)
  } catch {
    return {}
  }
}

const WORDS = [
  ...['message', 'messages', 'error', 'errors', 'failures', 'failure', 'detail', 'err', 'error_message'],
  ...['msg', 'reason', 'status_message'],
]

/** What an API says is wrong, wherever it says so; its whole text where it is not JSON. */
export function errorText(response: HttpResponse): string | undefined {
  try {
    return said(parseJson(response.text))
  } catch {
    return response.text
  }
}

function said(value: Json): string | undefined {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) {
    return value
      .map(said)
      .filter((text) => text !== undefined)
      .join(', ')
  }
  if (!isJsonObject(value)) return undefined
  const word = WORDS.find((name) => isSomething(member(value, name)))
  return word === undefined ? undefined : said(member(value, word) ?? null)
}

function isSomething(value: Json | undefined): boolean {
  return typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : Boolean(value)
}

function placeOf(url: string): string {
  if (!URL.canParse(url)) return ''
  const { protocol, host, pathname } = new URL(url)
  return `${protocol}//${host}${pathname}`
}

/** Headers by their names, however these are written. */
class HeadersValue extends HostObject {
  readonly #response: HttpResponse

  constructor(response: HttpResponse) {
    super()
    this.#response = response
  }

  override getItem(key: unknown): unknown {
    return typeof key === 'string' ? this.#response.header(key) : undefined
  }

  override getAttribute(name: string): unknown {
    if (name !== 'get') return this.getItem(name)
    return hostFunction('get', ([key, otherwise]) => this.getItem(key) ?? otherwise ?? null)
  }

  override isMapping(): boolean {
    return true
  }

  override iterate(): Iterable<unknown> {
    return Object.keys(this.#response.headers)
  }

  override size(): number {
    return Object.keys(this.#response.headers).length
  }

  override toText(): string {
    return String(fromHost(Object.keys(this.#response.headers)))
  }
}
