import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { PyDict } from '../../jinja/values/dict.ts'
import { hostFunction } from '../../jinja/values/host-function.ts'
import { tryIterate } from '../../jinja/values/iterate.ts'
import { readCsv } from '../agate/read-csv.ts'
import { newMemory } from '../context/context-names.ts'
import type { RelationName } from '../context/relation-name.ts'
import { RelationValue } from '../context/relation-value.ts'
import type { MacroEntry } from '../macros/macro-entry.ts'
import type { TemplateRenderer } from '../template-renderer.ts'
import { hooksOf } from './hook.ts'
import { type NodeRequest, nodeRendering } from './node-rendering.ts'
import { type StatementOutcome, statementOutcome } from './statement-outcome.ts'

export interface MaterializeRequest extends NodeRequest {
  /** The node's query; empty for a seed. */
  readonly compiledCode: string
  /** The text of a seed's file. */
  readonly seed?: string | undefined
  /** What stands for this node in the state that is deferred to. */
  readonly deferRelation?: RelationName | undefined
  /** Other configuration than the node's: `materialized: clone`, the rows a unit test expects. */
  readonly config?: Readonly<Record<string, unknown>>
  /** What stands for names before anything else does: a batch is incremental, whatever was asked for. */
  readonly overrides?: Readonly<Record<string, unknown>>
}

export interface Materialized {
  readonly relations: readonly RelationName[]
  /** What the statement `main` answered. */
  readonly main: StatementOutcome | undefined
}

/**
 * Builds a node with the macro of its materialization, on the connection of the request. Throws WW1212 for a materialization
 * that nothing defines, and what its templates and statements throw.
 */
export async function materialize(
  renderer: TemplateRenderer,
  request: MaterializeRequest,
): Promise<Materialized> {
  const { compiledCode, seed, deferRelation } = request
  const config = { ...request.node.config, ...request.config }
  const macro = findMacro(renderer, request.node.name, String(config['materialized'] ?? 'view'))
  const engine = renderer.settings.target.type
  const given = {
    sql: compiledCode,
    compiled_code: compiledCode,
    pre_hooks: hooksOf(config, 'pre-hook'),
    post_hooks: hooksOf(config, 'post-hook'),
    defer_relation: deferRelation && RelationValue.of(engine, deferRelation),
    ...(seed !== undefined && { load_agate_table: seedFunction(seed, config, request) }),
  }
  const memory = newMemory()
  const rendering = {
    ...nodeRendering({ ...request, node: { ...request.node, config } }, given),
    ...(request.overrides && { overrides: request.overrides }),
  }
  const returned = await renderer.call(macro, rendering, [], {}, memory)
  return { relations: relationsIn(returned, macro), main: statementOutcome(memory.results.get('main')) }
}

function findMacro({ macros }: TemplateRenderer, node: string, name: string): MacroEntry {
  const found = macros.findMaterialization(name)
  if (found) return found
  const known = [...macros.entries()].flatMap(
    (entry) => /^materialization_(.+)_[^_]+$/.exec(entry.name)?.[1] ?? [],
  )
  const near = suggest(name, new Set(known))
  throw new WaterworksError('WW1212', {
    message: `There is no materialization "${name}", which "${node}" asks for.`,
    hint: near ? `Did you mean "${near}"?` : `There are ${[...new Set(known)].sort().join(', ')}.`,
  })
}

function seedFunction(text: string, config: Readonly<Record<string, unknown>>, { log }: NodeRequest) {
  const { delimiter, column_types: types } = config
  return hostFunction('load_agate_table', () =>
    readCsv(
      text,
      {
        delimiter: typeof delimiter === 'string' ? delimiter : ',',
        textColumns: typeof types === 'object' && types !== null ? Object.keys(types) : [],
      },
      (line) => log(line, 'info'),
    ),
  )
}

/** dbt has every materialization return the relations it made. */
function relationsIn(returned: unknown, { name, file }: MacroEntry): readonly RelationName[] {
  const relations = returned instanceof PyDict ? tryIterate(returned.get('relations')) : undefined
  if (!relations) {
    throw new WaterworksError('WW2102', {
      message: `The materialization ${name} in ${file.path} does not return its relations.`,
      hint: "End it with {{ return({'relations': [target_relation]}) }}.",
    })
  }
  return [...relations].flatMap((relation) =>
    relation instanceof RelationValue ? [relation.facts.path] : [],
  )
}
