import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ProjectErrors } from '../../errors/project-errors.ts'
import type { OpenLineageOptions } from '../../events/to-open-lineage.ts'
import type { Graph } from '../../graph/graph.ts'
import { hasRelation } from '../../graph/has-relation.ts'
import { relationName } from '../../graph/relation-name.ts'
import type { Invocation } from '../command.ts'
import { version } from '../version.ts'
import { compileOpened, type OpenProject, openProject } from './workspace.ts'

/**
 * How this project's runs are told to OpenLineage. Inputs and outputs follow the graph as it is now; a project that
 * does not compile gives events without them.
 */
export async function openLineageOptions(invocation: Invocation): Promise<OpenLineageOptions> {
  const opened = await openProject(invocation)
  const graph = tryCompile(opened, invocation)
  return {
    namespace: namespaceOf(opened),
    producer: `urn:waterworks:${version()}`,
    job: opened.project.name,
    relations: (node) => (graph === undefined ? { reads: [], writes: [] } : relationsOf(node, graph)),
  }
}

function tryCompile(opened: OpenProject, invocation: Invocation): Graph | undefined {
  try {
    return compileOpened(opened, invocation).graph
  } catch (error) {
    if (!(error instanceof ProjectErrors)) throw error
    invocation.output.log('The project does not compile, so the events name no inputs and outputs.')
    return undefined
  }
}

/** As OpenLineage's naming specification has it for Postgres; an embedded file is named by its URL. */
function namespaceOf({ target, project }: OpenProject): string {
  if (target.type === 'postgres') return `postgres://${target.host}:${target.port}`
  return pathToFileURL(resolve(project.root, target.path)).href
}

function relationsOf(id: string, graph: Graph): ReturnType<OpenLineageOptions['relations']> {
  const node = graph.nodes.get(id)
  if (node === undefined) return { reads: [], writes: [] }
  const relationsAt = (ids: readonly string[]): readonly string[] =>
    ids.flatMap((each) => {
      const other = graph.nodes.get(each)
      if (other?.kind === 'model' && other.materialization === 'ephemeral') {
        return relationsAt(other.dependsOn)
      }
      return hasRelation(other) ? [relationName(other.relation)] : []
    })
  const reads = [...new Set(relationsAt(node.dependsOn))]
  if (hasRelation(node) && node.kind !== 'source') return { reads, writes: [relationName(node.relation)] }
  return { reads, writes: node.kind === 'pipeline' ? relationsAt(graph.children.get(id) ?? []) : [] }
}
