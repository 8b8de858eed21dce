import { isJsonObject, type JsonObject, put } from '../../../api-manifest/json.ts'
import type { ComponentType } from '../builder.ts'
import { removeAt, valueAt } from '../json-path.ts'
import { replaceRecord } from '../replace-record.ts'

/** Brings the fields of one nested object up to the record, unless names would clash. */
export const dpathFlattenFields: ComponentType<'transformation'> = {
  type: 'DpathFlattenFields',
  make(definition) {
    const path = definition.expressions('field_path')
    const removes = definition.boolean('delete_origin_value')
    const replaces = definition.boolean('replace_record')
    const keys = definition.optionalChild('key_transformation')
    const prefix = keys?.optionalExpression('prefix')?.text() ?? ''
    const suffix = keys?.optionalExpression('suffix')?.text() ?? ''
    return {
      transform(record) {
        const segments = path.map((segment) => segment.text())
        const found = valueAt(record, segments)
        if (!isJsonObject(found)) return
        const fields: JsonObject = {}
        for (const [key, value] of Object.entries(found)) put(fields, `${prefix}${key}${suffix}`, value)
        if (replaces && Object.keys(fields).length > 0) replaceRecord(record, fields)
        else if (!Object.keys(fields).some((key) => Object.hasOwn(record, key))) {
          if (removes) removeAt(record, segments, () => true)
          for (const [key, value] of Object.entries(fields)) put(record, key, value)
        }
      },
    }
  },
}
