import { isJsonObject, type JsonObject, member, put } from '../../../api-manifest/json.ts'
import type { Builder } from '../builder.ts'
import type { Definition } from '../definition.ts'

/** The JSON schema of a stream's records: of several loaders together, the first goes; undefined when none knows. */
export async function schemaOf(definition: Definition, builder: Builder): Promise<JsonObject | undefined> {
  const loaders = definition.has('schema_loader')
    ? definition.children('schema_loader')
    : [
        definition.at({
          type: 'JsonFileSchemaLoader',
          $parameters: { ...definition.parameters, name: definition.optionalText('name') ?? '' },
        }),
      ]
  const properties: JsonObject = {}
  let isKnown = false
  for (const loader of loaders) {
    const schema = await builder.make('schema loader', loader).load()
    const own = schema === undefined ? undefined : member(schema, 'properties')
    if (!isJsonObject(own)) continue
    isKnown = true
    for (const [name, type] of Object.entries(own))
      if (!Object.hasOwn(properties, name)) put(properties, name, type)
  }
  return isKnown ? { type: 'object', properties } : undefined
}
