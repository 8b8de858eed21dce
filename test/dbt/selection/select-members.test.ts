import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseSpec } from '../../../src/dbt/selection/choose-spec.ts'
import { parseSelectors } from '../../../src/dbt/selection/parse-selectors.ts'
import { selectMembers } from '../../../src/dbt/selection/select-members.ts'
import type { Selectable } from '../../../src/dbt/selection/selectable.ts'
import type { SelectionGraph } from '../../../src/dbt/selection/selection-graph.ts'
import { INDIRECT_SELECTIONS, type IndirectSelection } from '../../../src/dbt/selection/selection-spec.ts'
import { WaterworksError } from '../../../src/errors/waterworks-error.ts'
import { edges } from '../../graph/arbitrary-edges.ts'

type Edges = ReadonlyMap<string, readonly string[]>

/** Models named by their ids; those with a `t` at their start are tests, and nothing reads from them. */
function graphOf(parents: Edges): SelectionGraph {
  const members = new Map(
    [...parents.keys()].map((id): [string, Selectable] => [
      id,
      {
        unique_id: id,
        resource_type: id.startsWith('t') ? 'test' : 'model',
        name: id,
        package_name: 'shop',
        fqn: ['shop', id],
        original_file_path: `${id}.sql`,
        tags: [...id],
      },
    ]),
  )
  return {
    project: 'shop',
    members,
    parents: (id) => parents.get(id) ?? [],
    children: (id) => [...parents].flatMap(([other, ids]) => (ids.includes(id) ? [other] : [])),
    manifest: undefined,
  }
}

function select(parents: Edges, words: string, exclude = '', indirectSelection?: IndirectSelection) {
  const request = { select: [words], exclude: [exclude], indirectSelection }
  return selectMembers(graphOf(parents), chooseSpec(request, []), {
    selectors: [],
    previous: {},
    resourceTypes: undefined,
    withEmpty: true,
    now: new Date(0),
  }).selected
}

/** What a term means, found by asking of every pair of ids whether a path leads from one to the other. */
function plainly(parents: Edges, { name, above, below, at }: Term, mode: IndirectSelection) {
  const steps = (from: string, to: string): number => {
    let [edge, count] = [new Set([to]), 0]
    while (!edge.has(from)) {
      edge = new Set([...edge].flatMap((id) => parents.get(id) ?? []))
      count++
      if (edge.size === 0) return Number.POSITIVE_INFINITY
    }
    return count
  }
  const isWithin = (from: string, to: string, depth: number) => {
    const count = steps(from, to)
    return count < Infinity && count <= depth
  }
  const ids = [...parents.keys()]
  const meant = ids.filter((id) => {
    if (isWithin(id, name, above) || isWithin(name, id, below)) return true
    return at && ids.some((other) => steps(name, other) < Infinity && steps(id, other) < Infinity)
  })
  const isAbove = (id: string) => meant.some((other) => steps(id, other) < Infinity)
  const tests = ids.filter((id) => {
    const read = parents.get(id) ?? []
    if (!id.startsWith('t') || !read.some((parent) => meant.includes(parent))) return false
    if (mode === 'eager') return true
    if (mode === 'cautious') return read.every((parent) => meant.includes(parent))
    return mode === 'buildable' && read.every(isAbove)
  })
  return new Set([...meant, ...tests])
}

interface Term {
  readonly name: string
  readonly above: number
  readonly below: number
  readonly at: boolean
}

function written({ name, above, below, at }: Term): string {
  const depth = (steps: number) => (steps === Number.POSITIVE_INFINITY ? '' : String(steps))
  return at ? `@${name}` : `${depth(above)}+${name}+${depth(below)}`
}

/** Random graphs of models, with tests at their ends, and a term over each. */
const cases = fc
  .tuple(
    edges().filter((graph) => graph.size > 0),
    fc.array(fc.array(fc.nat(13), { minLength: 1, maxLength: 3 }), { maxLength: 5 }),
  )
  .map(([models, tests]): Edges => {
    const ids = [...models.keys()]
    const read = (at: readonly number[]) => [...new Set(at.map((index) => ids[index % ids.length]!))]
    return new Map([...models, ...tests.map((at, index) => [`t${index}`, read(at)] as const)])
  })
  .chain((parents) => {
    const depth = fc.oneof(fc.nat(3), fc.constant(Number.POSITIVE_INFINITY))
    const name = fc.constantFrom(...[...parents.keys()].filter((id) => !id.startsWith('t')))
    const term = fc
      .record({ name, above: depth, below: depth, at: fc.boolean() })
      .map((given) => (given.at ? { ...given, above: 0, below: 0 } : given))
    return fc.record({
      parents: fc.constant(parents),
      term,
      other: term,
      mode: fc.constantFrom(...INDIRECT_SELECTIONS),
    })
  })

describe('a selection', () => {
  it('is what a plain look at all paths finds, whatever tests come along', () => {
    fc.assert(
      fc.property(cases, ({ parents, term, mode }) => {
        expect(select(parents, written(term), '', mode)).toEqual(plainly(parents, term, mode))
      }),
      { numRuns: 500 },
    )
  })

  it('with cautious tests takes a test whose parents come from two terms', () => {
    const parents = new Map([
      ['a', []],
      ['b', []],
      ['t', ['a', 'b']],
    ])
    expect(select(parents, 'a b', '', 'cautious')).toEqual(new Set(['a', 'b', 't']))
    expect(select(parents, 'a', '', 'cautious')).toEqual(new Set(['a']))
    expect(select(parents, 'a,a', '', 'cautious')).toEqual(new Set(['a']))
  })

  it('takes away what is excluded, tests included', () => {
    fc.assert(
      fc.property(cases, ({ parents, term, other, mode }) => {
        const [from, taken] = [plainly(parents, term, mode), plainly(parents, other, mode)]
        if (mode === 'cautious' || mode === 'buildable') return
        expect(select(parents, written(term), written(other), mode)).toEqual(
          new Set([...from].filter((id) => !taken.has(id))),
        )
      }),
    )
  })

  it('leaves out what has nothing in its file, unless it is asked for', () => {
    const graph = graphOf(new Map([['a', []]]))
    const member = graph.members.get('a')!
    const empty = { ...graph, members: new Map([['a', { ...member, raw_code: ' \n' }]]) }
    const spec = chooseSpec({ select: [], exclude: [] }, [])
    const input = { selectors: [], previous: {}, resourceTypes: undefined, now: new Date(0) }
    expect(selectMembers(empty, spec, { ...input, withEmpty: false }).selected.size).toBe(0)
    expect(selectMembers(empty, spec, { ...input, withEmpty: true }).selected.size).toBe(1)
  })
})

describe('selectors.yml', () => {
  const parents = new Map([
    ['a', []],
    ['b', ['a']],
  ])
  const by = (selectors: readonly unknown[], request = {}) => {
    const parsed = parseSelectors({ selectors }, 'selectors.yml', 'eager')
    const spec = chooseSpec({ select: [], exclude: [], ...request }, parsed)
    const input = { previous: {}, resourceTypes: undefined, withEmpty: true, now: new Date(0) }
    return [...selectMembers(graphOf(parents), spec, { ...input, selectors: parsed }).selected]
  }

  it('has a default, which holds when nothing is said', () => {
    const only = [{ name: 'only', default: true, definition: 'a' }]
    expect(by(only)).toEqual(['a'])
    expect(by(only, { exclude: ['a'] })).toEqual(['b'])
  })

  it('lends its selectors to terms, and their operators to them', () => {
    const named = [{ name: 'start', definition: 'a' }]
    expect(by(named, { select: ['selector:start'] })).toEqual(['a'])
    expect(by(named, { select: ['selector:st*+'] })).toEqual(['a', 'b'])
    expect(by(named, { select: ['b', 'selector:start'] }).sort()).toEqual(['a', 'b'])
  })

  const problem = (selectors: readonly unknown[], request = {}) => {
    try {
      by(selectors, request)
    } catch (error) {
      if (error instanceof WaterworksError) return `${error.code} ${error.message} ${error.hint ?? ''}`.trim()
    }
    return 'accepted'
  }
  it.each([
    [
      [{ name: 'nightly', definition: 'a' }],
      { selector: 'nihgtly' },
      'WW1308 There is no selector "nihgtly" in selectors.yml. Did you mean "nightly"?',
    ],
    [
      [
        { name: 'x', definition: { method: 'selector', value: 'y' } },
        { name: 'y', definition: { method: 'selector', value: 'x' } },
      ],
      { selector: 'x' },
      'WW1308 The selector y means itself: y → x → y. Take one of these references out of selectors.yml.',
    ],
    [
      [
        { name: 'x', default: true, definition: 'a' },
        { name: 'y', default: true, definition: 'b' },
      ],
      {},
      'WW1309 selectors.yml cannot be read: x and y are both the default.',
    ],
    [
      [{ name: 'x', definition: { union: ['a'], method: 'tag' } }],
      {},
      'WW1309 selectors.yml cannot be read: in selector x, at its root it has union and method, where one must stand alone.',
    ],
    [
      [{ name: 'x', definition: { union: ['a', { exclude: ['b'] }, { exclude: ['a'] }] } }],
      {},
      'WW1309 selectors.yml cannot be read: in selector x, its union has two lists of exclusions.',
    ],
    [
      [{ name: 'x', definition: { method: 'tag', value: 'a', parnets: true } }],
      {},
      'WW1309 selectors.yml cannot be read: in selector x, Unrecognized key: "parnets".',
    ],
    [
      [{ name: 'x', definition: { tga: 'a' } }],
      {},
      'WW1301 The selector "tga:a" uses the selector method "tga", which does not exist. Did you mean "tag"?',
    ],
    [
      [{ name: 'x', definition: ['a'] }],
      {},
      'WW1309 selectors.yml cannot be read: in selector x, a definition is a text, a method and its value, a union or an intersection.',
    ],
    [
      [{ name: 'x', definition: 'a' }],
      { selector: 'x', select: ['b'] },
      'WW7001 --selector says all of what is selected: it does not go with --select or --exclude.',
    ],
  ])('%j, asked for %j', (selectors, request, message) => {
    expect(problem(selectors, request)).toBe(message)
  })
})
