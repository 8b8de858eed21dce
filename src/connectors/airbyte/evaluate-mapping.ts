import { type Json, type JsonObject, put } from '../../api-manifest/json.ts'
import { textOf } from '../../jinja/values/text.ts'
import type { Definition } from './definition.ts'
import { Expression, jsonOf } from './interpolation/expression.ts'
import type { LiteralTest, Scope } from './interpolation/interpolation.ts'

const isText: LiteralTest = (value) => typeof value === 'string'

/**
 * A mapping of the manifest whose names and texts may be templates; what comes out as None is left out.
 * @param accepts which literals a value may be; any unless given
 */
export function evaluateMapping(
  definition: Definition,
  field: string,
  scope: Scope = {},
  accepts?: LiteralTest,
): JsonObject {
  const result: JsonObject = {}
  for (const [name, value] of Object.entries(definition.object(field) ?? {})) {
    const key = textOf(new Expression(name, definition, null).value(scope, isText))
    const item = evaluated(value, definition, scope, accepts)
    if (item !== null) put(result, key, item)
  }
  return result
}

function evaluated(value: Json, definition: Definition, scope: Scope, accepts?: LiteralTest): Json {
  return typeof value === 'string'
    ? jsonOf(new Expression(value, definition, null).value(scope, accepts))
    : value
}
