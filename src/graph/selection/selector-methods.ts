import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Graph } from '../graph.ts'
import type { Node } from '../node.ts'
import { matchesFqn } from './matches-fqn.ts'
import type { SelectorSpec } from './selector-spec.ts'
import { hasWildcard, pathWildcard, wildcard } from './wildcard.ts'

type Matcher = (node: Node) => boolean
type Method = (spec: SelectorSpec, graph: Graph) => Matcher

const methods: Readonly<Record<string, Method>> = {
  fqn: ({ value }, graph) => {
    const matches = matchesFqn(value)
    return (node) => matches(node.fqn, graph.project)
  },
  tag: ({ value }) => {
    const matches = wildcard(value)
    return (node) => node.tags.some(matches)
  },
  path: ({ value }) => {
    const path = value.replace(/^\.\//, '').replace(/\/+$/, '')
    if (!hasWildcard(path)) return (node) => node.path === path || node.path.startsWith(`${path}/`)
    const matches = pathWildcard(path)
    return (node) => selfAndFolders(node.path).some(matches)
  },
  file: ({ value }) => {
    const matches = wildcard(value)
    return (node) => {
      const name = node.path.slice(node.path.lastIndexOf('/') + 1)
      return matches(name) || matches(name.replace(/\.[^.]*$/, ''))
    }
  },
  source: ({ value, text }, graph) => {
    const parts = value.split('.')
    if (parts.length > 3) {
      throw new WaterworksError('WW1302', {
        message: `The selector "${text}" has too many parts: it is source:<source>.<table>.`,
      })
    }
    const [table, source, project] = parts.length === 1 ? ['*', value] : parts.toReversed()
    const [ofTable, ofSource] = [wildcard(table!), wildcard(source!)]
    if (project !== undefined && !wildcard(project)(graph.project)) return () => false
    return (node) => node.kind === 'source' && ofSource(node.source) && ofTable(node.table)
  },
  resource_type: ({ value, text }) => {
    const kinds: Readonly<Record<string, Node['kind']>> = {
      pipeline: 'pipeline',
      source: 'source',
      model: 'model',
      test: 'check',
      check: 'check',
    }
    const kind = kinds[value]
    if (!kind) throw unknown('resource type', value, text, Object.keys(kinds))
    return (node) => node.kind === kind
  },
  package: ({ value }, graph) => {
    const matches = wildcard(value === 'this' ? graph.project : value)
    return (node) => matches(node.fqn[0]!)
  },
  config: ({ value, text, methodArguments }) => {
    if (methodArguments.join('.') !== 'materialized') {
      throw new WaterworksError('WW1302', {
        message: `The selector "${text}" asks for a configuration that nodes do not keep.`,
        hint: 'Only config.materialized:<materialization> works so far; use tag: for marks of your own.',
      })
    }
    return (node) => node.kind === 'model' && node.materialization === value
  },
  test_name: ({ value }) => {
    const matches = wildcard(value)
    return (node) => node.kind === 'check' && node.check.rule.rule !== 'sql' && matches(node.check.rule.rule)
  },
  test_type: ({ value, text }) => {
    if (value !== 'generic' && value !== 'singular' && value !== 'data') {
      throw unknown('test type', value, text, ['generic', 'singular', 'data'])
    }
    return (node) =>
      node.kind === 'check' &&
      (value === 'data' || (value === 'singular') === (node.attachedTo === undefined))
  },
}

/** dbt's other methods; their node kinds or records do not exist yet. */
const notYet = new Set(
  'access exposure group metric result saved_query selector semantic_model source_status state unit_test version'.split(
    ' ',
  ),
)

/** What a term matches, before its graph operators. Throws WW1301 for a method there is not, WW1302 for a bad value. */
export function matcherOf(spec: SelectorSpec, graph: Graph): Matcher {
  const name = spec.method ?? defaultMethod(spec.value)
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined
  if (method) return method(spec, graph)
  if (notYet.has(name)) {
    throw new WaterworksError('WW1301', {
      message: `The selector "${spec.text}" uses the method "${name}:", which does not work yet.`,
      hint: `The methods are ${Object.keys(methods).join(', ')}.`,
    })
  }
  throw unknown('selector method', name, spec.text, Object.keys(methods))
}

function defaultMethod(value: string): string {
  if (value.includes('/')) return 'path'
  return /\.(sql|py|csv|yml|yaml)$/i.test(value) ? 'file' : 'fqn'
}

function unknown(what: string, name: string, text: string, known: readonly string[]): WaterworksError {
  const near = suggest(name, known)
  return new WaterworksError('WW1301', {
    message: `The selector "${text}" uses the ${what} "${name}", which does not exist.`,
    hint: near ? `Did you mean "${near}"?` : `There are ${known.join(', ')}.`,
  })
}

function selfAndFolders(path: string): readonly string[] {
  const all = [path]
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1))
    all.push(path.slice(0, end))
  return all
}
