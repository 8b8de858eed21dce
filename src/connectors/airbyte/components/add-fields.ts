import type { JsonObject } from '../../../api-manifest/json.ts'
import { PyFloat } from '../../../jinja/values/float.ts'
import type { ComponentType } from '../builder.ts'
import type { Definition } from '../definition.ts'
import { jsonOf } from '../interpolation/expression.ts'
import type { LiteralTest, Scope } from '../interpolation/interpolation.ts'
import { putAt } from '../json-path.ts'
import { sliceValue } from '../stream-slice.ts'

/** Puts values of templates into records. */
export const addFields: ComponentType<'transformation'> = {
  type: 'AddFields',
  make(definition) {
    const add = fieldAdder(definition)
    return { transform: (record, slice) => add(record, { record, stream_slice: sliceValue(slice) }) }
  },
}

const TYPES: Readonly<Record<string, LiteralTest>> = {
  string: (value) => typeof value === 'string',
  integer: (value) => typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean',
  number: (value) => value instanceof PyFloat,
  boolean: (value) => typeof value === 'boolean',
  array: (value) => Array.isArray(value),
}

/** What puts the fields of a definition into an object, each seen by the next. */
export function fieldAdder(definition: Definition): (target: JsonObject, scope: Scope) => void {
  const condition = definition.condition('condition')
  const fields = definition.children('fields').map((field) => {
    const path = field.texts('path')
    if (path.length === 0) throw field.problem('"path" is empty')
    const type = field.optionalText('value_type')
    return { path, value: field.expression('value'), accepts: type === undefined ? undefined : TYPES[type] }
  })
  return (target, scope) => {
    for (const { path, value, accepts } of fields) {
      const result = value.value(scope, accepts)
      if (condition === undefined || condition.isMet({ ...scope, value: result, path: [...path] })) {
        putAt(target, path, jsonOf(result))
      }
    }
  }
}
