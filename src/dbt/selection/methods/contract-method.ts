import { namedMethod } from './named-method.ts'
import type { Method } from './selection-method.ts'

/** `contract:` a contract by name, with the datasets that it is about and the pipelines that fill them; their checks come along. */
export const contractMethod: Method = (criterion, context) => {
  const isMeant = namedMethod('contract')(criterion, context)
  const { graph } = context
  const meant = new Set<string>()
  for (const [id, member] of graph.members) {
    if (!isMeant(member)) continue
    meant.add(id)
    for (const dataset of graph.parents(id)) {
      meant.add(dataset)
      if (graph.members.get(dataset)?.resource_type !== 'source') continue
      for (const pipeline of graph.parents(dataset)) meant.add(pipeline)
    }
  }
  return ({ unique_id }) => meant.has(unique_id)
}
