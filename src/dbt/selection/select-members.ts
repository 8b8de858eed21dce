import { WaterworksError } from '../../errors/waterworks-error.ts'
import { combine } from './combine.ts'
import type { PreviousState } from './comparison/previous-state.ts'
import { expandTests, incorporateTests, type TestSelection } from './indirect-tests.ts'
import { methods, SELECTOR_METHOD } from './methods/method-table.ts'
import type { MethodContext } from './methods/selection-method.ts'
import { neighbours } from './neighbours.ts'
import { nothingMatches } from './nothing-matches.ts'
import type { SelectionGraph } from './selection-graph.ts'
import type { Combination, Criterion, SelectionSpec } from './selection-spec.ts'
import { type Selectors, selectorsNamed } from './selectors.ts'

export interface SelectionInput {
  /** What `selector:` names. */
  readonly selectors: Selectors
  /** What `state:`, `result:` and `source_status:` compare with. */
  readonly previous: PreviousState
  /** Kinds that may be in the result, as dbt's commands and --resource-type limit them; undefined for all. */
  readonly resourceTypes: ReadonlySet<string> | undefined
  /** Whether models with nothing in their file are in the result: they are listed, and not built. */
  readonly withEmpty: boolean
  readonly now: Date
}

export interface Selection {
  /** Unique ids. */
  readonly selected: ReadonlySet<string>
  /** WW1303 for what matches nothing, WW1306 for contracts that break, WW1307 for seeds that cannot be compared. */
  readonly warnings: readonly WaterworksError[]
}

/**
 * The members of a graph that a selection means, as dbt's node selection finds them. Tests come along with what they look at,
 * and go with it, as the indirect selection of each criterion says. Throws WW1301, WW1302 and WW1308 for values that cannot be,
 * WW1304 where there is nothing to compare with, WW1306 where a versioned model breaks its contract.
 */
export function selectMembers(graph: SelectionGraph, spec: SelectionSpec, input: SelectionInput): Selection {
  const warnings = new Map<string, WaterworksError>()
  const context: MethodContext = {
    graph,
    previous: input.previous,
    now: input.now,
    warn: (warning) => warnings.set(warning.message, warning),
  }
  const evaluation = new Evaluation(context, input.selectors)
  const { direct } = evaluation.of(spec)
  const isMeant = (id: string): boolean => {
    const member = graph.members.get(id)
    if (member === undefined || input.resourceTypes?.has(member.resource_type) === false) return false
    return input.withEmpty || member.resource_type === 'seed' || member.raw_code?.trim() !== ''
  }
  return { selected: new Set([...direct].filter(isMeant)), warnings: [...warnings.values()] }
}

class Evaluation {
  readonly #context: MethodContext
  readonly #selectors: Selectors
  /** Selectors being looked into, outermost first. */
  readonly #inside: string[] = []
  readonly #unmatched = new Set<SelectionSpec>()

  constructor(context: MethodContext, selectors: Selectors) {
    this.#context = context
    this.#selectors = selectors
  }

  of(spec: SelectionSpec): TestSelection {
    switch (spec.kind) {
      case 'everything':
        return { direct: new Set(this.#context.graph.members.keys()), indirect: new Set() }
      case 'criterion':
        return this.#ofCriterion(spec)
      default:
        return this.#ofCombination(spec)
    }
  }

  #ofCriterion(criterion: Criterion): TestSelection {
    const { graph } = this.#context
    if (criterion.method === SELECTOR_METHOD) {
      const { direct, indirect } = this.#ofSelector(criterion)
      const around = neighbours(graph, criterion, direct)
      return around.size === 0
        ? { direct, indirect }
        : { direct: combine('union', [direct, around]), indirect: new Set() }
    }
    const found = this.#matching(criterion)
    const selected = combine('union', [found, neighbours(graph, criterion, found)])
    // A pipeline brings the tables it fills.
    for (const id of [...selected]) {
      if (graph.members.get(id)?.resource_type !== 'pipeline') continue
      for (const table of graph.children(id)) selected.add(table)
    }
    return expandTests(graph, selected, criterion.indirectSelection)
  }

  #matching(criterion: Criterion): Set<string> {
    const method = methods.get(criterion.method)
    const found = new Set<string>()
    const matches = method?.(criterion, this.#context)
    if (matches === undefined) return found
    for (const [id, member] of this.#context.graph.members) if (matches(member)) found.add(id)
    if (found.size === 0) this.#unmatched.add(criterion)
    return found
  }

  #ofSelector({ value, text }: Criterion): TestSelection {
    const selections = selectorsNamed(this.#selectors, String(value), text).map(({ name, definition }) => {
      if (this.#inside.includes(name)) {
        throw new WaterworksError('WW1308', {
          message: `The selector ${name} means itself: ${[...this.#inside, name].join(' → ')}.`,
          hint: 'Take one of these references out of selectors.yml.',
        })
      }
      this.#inside.push(name)
      const selection = this.of(definition)
      this.#inside.pop()
      return selection
    })
    return {
      direct: combine(
        'union',
        selections.map(({ direct }) => direct),
      ),
      indirect: combine(
        'union',
        selections.map(({ indirect }) => indirect),
      ),
    }
  }

  #ofCombination({ kind, parts, indirectSelection, expected }: Combination): TestSelection {
    const selections = parts.map((part) => this.of(part))
    const direct = combine(
      kind,
      selections.map((each) => each.direct),
    )
    const indirect = selections.every((each) => each.indirect.size === 0)
      ? direct
      : combine(
          kind,
          selections.map((each) => combine('union', [each.direct, each.indirect])),
        )
    const incorporated = incorporateTests(this.#context.graph, direct, indirect, indirectSelection)
    if (expected !== undefined && incorporated.size === 0) {
      const empty = parts.find((part) => part.kind === 'criterion' && this.#unmatched.has(part))
      this.#context.warn(nothingMatches(this.#context.graph, expected, empty))
    }
    return { direct: incorporated, indirect: indirect === direct ? new Set() : indirect }
  }
}
