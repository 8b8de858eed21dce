import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { matchesFqn } from './matches-fqn.ts'
import { groupOf } from './methods/group-method.ts'
import { tagsOf } from './methods/tag-method.ts'
import type { Selectable } from './selectable.ts'
import type { SelectionGraph } from './selection-graph.ts'
import type { Criterion, SelectionSpec } from './selection-spec.ts'
import { hasWildcard } from './wildcard.ts'

/** The WW1303 of a selection that matches nothing; `empty` is the criterion in it that matched nothing by itself, if one did. */
export function nothingMatches(
  graph: SelectionGraph,
  text: string,
  empty: SelectionSpec | undefined,
): WaterworksError {
  const criterion = empty?.kind === 'criterion' ? empty : undefined
  const near = criterion && nearest(graph, criterion)
  return new WaterworksError('WW1303', {
    message: `The selector "${text}" matches nothing.`,
    hint: near === undefined ? undefined : `Did you mean "${near}"?`,
  })
}

function nearest(graph: SelectionGraph, { method, value }: Criterion): string | undefined {
  const text = String(value)
  const members = [...graph.members.values()]
  if (method === 'fqn' && hasWildcard(text)) {
    // A pattern is held against the whole dotted path, folders included.
    const deeper = matchesFqn(`*.${text}`)
    return members.some(({ fqn, version }) => deeper(fqn, version != null)) ? `*.${text}` : undefined
  }
  return suggest(text, new Set(members.flatMap((member) => wordsFor(method, member))))
}

/** What of a member could have been meant. */
function wordsFor(method: string, member: Selectable): readonly string[] {
  const { resource_type, name, source_name, original_file_path, package_name, test_metadata } = member
  switch (method) {
    case 'tag':
      return tagsOf(member)
    case 'group':
      return [groupOf(member) ?? []].flat()
    case 'path':
      return [original_file_path]
    case 'package':
      return [package_name]
    case 'test_name':
      return test_metadata ? [test_metadata.name] : []
    case 'source':
      return source_name === undefined ? [] : [source_name, `${source_name}.${name}`]
    case 'exposure':
    case 'metric':
    case 'semantic_model':
    case 'saved_query':
    case 'unit_test':
    case 'pipeline':
      return resource_type === method ? [name] : []
    case 'fqn':
    case 'file':
      return [name]
    default:
      return []
  }
}
