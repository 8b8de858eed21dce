import type { Json, JsonObject } from '../../api-manifest/json.ts'
import { fromHost } from '../../jinja/values/convert.ts'
import { textOf } from '../../jinja/values/text.ts'
import type { Query } from '../http/encode-url.ts'

/** Values as a query or a form sends them: texts as Python prints them, nothing for None. */
export function queryOf(values: JsonObject): Query {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(sent) : sent(value),
    ]),
  )
}

function sent(value: Json): string | null {
  return value === null ? null : textOf(fromHost(value))
}
