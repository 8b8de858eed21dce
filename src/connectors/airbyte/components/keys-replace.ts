import { isJsonObject, type JsonObject, put } from '../../../api-manifest/json.ts'
import type { ComponentType } from '../builder.ts'
import { replaceRecord } from '../replace-record.ts'
import { sliceValue } from '../stream-slice.ts'

/** Replaces a text in all names. */
export const keysReplace: ComponentType<'transformation'> = {
  type: 'KeysReplace',
  make(definition) {
    const [old, by] = [definition.expression('old'), definition.expression('new')]
    return {
      transform(record, slice) {
        const scope = { record, stream_slice: sliceValue(slice) }
        replaceRecord(record, renamed(record, old.text(scope), by.text(scope)))
      },
    }
  },
}

function renamed(object: JsonObject, old: string, by: string): JsonObject {
  const result: JsonObject = {}
  for (const [key, value] of Object.entries(object)) {
    put(
      result,
      key.replaceAll(old, () => by),
      isJsonObject(value) ? renamed(value, old, by) : value,
    )
  }
  return result
}
