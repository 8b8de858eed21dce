import type { ComponentType } from '../builder.ts'

/** A schema that the manifest holds. */
export const inlineSchemaLoader: ComponentType<'schema loader'> = {
  type: 'InlineSchemaLoader',
  make: (definition) => ({ load: async () => definition.object('schema') }),
}
