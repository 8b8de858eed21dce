import { isJsonObject, type Json, type JsonObject, member, put } from '../../../api-manifest/json.ts'
import type { ComponentType } from '../builder.ts'
import { REQUEST_PARTS, type RequestOption } from '../roles/request-parts.ts'

/** Where a value of a request goes, and by what name. */
export const requestOption: ComponentType<'request option'> = {
  type: 'RequestOption',
  make(definition): RequestOption {
    const into = definition.text('inject_into')
    const part = REQUEST_PARTS.find((each) => each === into)
    if (part === undefined)
      throw definition.problem(`"inject_into" is ${into}, which is no part of a request`)
    if (definition.has('field_path')) {
      if (part !== 'body_json') throw definition.problem('"field_path" leads into a JSON body only')
      const path = definition.expressions('field_path')
      return {
        part,
        put: (target, value) =>
          putDeep(
            target,
            path.map((segment) => segment.text()),
            value,
          ),
      }
    }
    const name = definition.expression('field_name')
    return { part, put: (target, value) => put(target, name.text(), value) }
  },
}

function putDeep(target: JsonObject, path: readonly string[], value: Json): void {
  let current = target
  for (const segment of path.slice(0, -1)) {
    const next = member(current, segment)
    const inner: JsonObject = isJsonObject(next) ? next : {}
    put(current, segment, inner)
    current = inner
  }
  put(current, path.at(-1) ?? '', value)
}
