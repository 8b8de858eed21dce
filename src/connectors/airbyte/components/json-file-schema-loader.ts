import { isJsonObject, type Json } from '../../../api-manifest/json.ts'
import { parseJson } from '../../records/parse-json.ts'
import type { ComponentType } from '../builder.ts'

/** A schema of a file beside the manifest; nothing is known where there is no file. */
export const jsonFileSchemaLoader: ComponentType<'schema loader'> = {
  type: 'JsonFileSchemaLoader',
  make(definition, builder) {
    const stated = definition.optionalExpression('file_path')?.text()
    const path = stated ?? `schemas/${String(definition.parameters['name'] ?? '')}.json`
    return {
      async load() {
        const text = builder.readFile(path.replace(/^\.?\//, ''))
        if (text === undefined) return undefined
        let schema: Json
        try {
          schema = parseJson(text)
        } catch {
          throw definition.problem(`${path} is not JSON`)
        }
        return isJsonObject(schema) ? schema : undefined
      },
    }
  },
}
