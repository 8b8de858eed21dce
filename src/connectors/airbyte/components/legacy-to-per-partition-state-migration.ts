import { isJsonObject, type JsonObject, member } from '../../../api-manifest/json.ts'
import type { ComponentType } from '../builder.ts'
import type { Definition } from '../definition.ts'

/** A state of the form `{partition: {cursor: value}}` as states per partition. */
export const legacyToPerPartitionStateMigration: ComponentType<'state migration'> = {
  type: 'LegacyToPerPartitionStateMigration',
  make(definition) {
    const stream = definition.child('stream')
    const router = stream.child('retriever').children('partition_router')[0]
    const cursorField = stream.child('incremental_sync').expression('cursor_field').text()
    return {
      migrate(state) {
        const field = router === undefined ? undefined : partitionField(router)
        if (field === undefined || !isLegacy(state, cursorField)) return state
        return {
          states: Object.entries(state).map(([value, cursor]) => ({
            partition:
              router?.type === 'SubstreamPartitionRouter'
                ? { [field]: value, parent_slice: {} }
                : { [field]: value },
            cursor,
          })),
        }
      },
    }
  },
}

function partitionField(router: Definition): string | undefined {
  if (router.type === 'ListPartitionRouter') return router.expression('cursor_field').text()
  return router.children('parent_stream_configs')[0]?.expression('partition_field').text()
}

function isLegacy(state: JsonObject, cursorField: string): boolean {
  const values = Object.values(state)
  return (
    values.length > 0 &&
    values.every((value) => {
      if (!isJsonObject(value)) return false
      return Object.keys(value).length === 1 && member(value, cursorField) !== undefined
    })
  )
}
