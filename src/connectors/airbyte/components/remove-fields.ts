import type { JsonObject } from '../../../api-manifest/json.ts'
import type { ComponentType } from '../builder.ts'
import type { Definition } from '../definition.ts'
import { removeAt } from '../json-path.ts'

/** Takes fields out of records. */
export const removeFields: ComponentType<'transformation'> = {
  type: 'RemoveFields',
  make(definition) {
    const condition = definition.condition('condition')
    const pointers = pointersOf(definition)
    return {
      transform(record: JsonObject) {
        for (const pointer of pointers) {
          removeAt(record, pointer, (property) => condition?.isMet({ property }) ?? true)
        }
      },
    }
  },
}

/** Paths to fields, each a list of its own. */
export function pointersOf(definition: Definition): readonly (readonly string[])[] {
  const value = definition.get('field_pointers') ?? []
  if (!Array.isArray(value)) throw definition.problem('"field_pointers" must be a list of paths')
  return value.map((pointer) => (Array.isArray(pointer) ? pointer : [pointer]).map(String))
}
