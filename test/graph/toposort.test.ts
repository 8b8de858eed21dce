import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findCycles } from '../../src/graph/find-cycles.ts'
import { toposort } from '../../src/graph/toposort.ts'
import { edges } from './arbitrary-edges.ts'

describe('topological order', () => {
  it('puts every node after its parents, each once', () => {
    fc.assert(
      fc.property(edges(), (parents) => {
        const order = toposort(parents)
        expect([...order].sort()).toEqual([...parents.keys()].sort())
        const position = new Map(order.map((id, index) => [id, index]))
        for (const [id, ids] of parents) {
          for (const parent of ids) expect(position.get(parent)).toBeLessThan(position.get(id)!)
        }
      }),
    )
  })

  it('does not depend on the order of its input', () => {
    fc.assert(
      fc.property(
        edges().chain((parents) =>
          fc.tuple(fc.constant(parents), fc.shuffledSubarray([...parents], { minLength: parents.size })),
        ),
        ([parents, shuffled]) => {
          expect(toposort(new Map(shuffled))).toEqual(toposort(parents))
        },
      ),
    )
  })

  it('breaks ties by id and takes the least that is ready', () => {
    const parents = new Map([
      ['c', []],
      ['a', ['z']],
      ['z', []],
      ['b', ['c']],
    ])
    expect(toposort(parents)).toEqual(['c', 'b', 'z', 'a'])
  })

  it('ignores parents that are not there and repeated ones', () => {
    expect(
      toposort(
        new Map([
          ['a', ['gone', 'b', 'b']],
          ['b', []],
        ]),
      ),
    ).toEqual(['b', 'a'])
  })
})

describe('finding circles', () => {
  it('finds none where there is an order', () => {
    fc.assert(fc.property(edges(), (parents) => void expect(findCycles(parents)).toEqual([])))
  })

  it('names one for every group, the shortest through its least member', () => {
    const parents = new Map([
      ['a', ['b', 'c']],
      ['b', ['c']],
      ['c', ['a']],
      ['d', ['a']],
      ['e', ['e']],
      ['f', ['g', 'b']],
      ['g', ['f']],
      ['h', []],
    ])
    expect(findCycles(parents)).toEqual([['a', 'c'], ['e'], ['f', 'g']])
  })

  it('finds one whenever there is no order', () => {
    const any = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 25 }).map((pairs) => {
      const parents = new Map(Array.from({ length: 10 }, (_, i) => [`n${i}`, [] as string[]]))
      for (const [from, to] of pairs) parents.get(`n${from}`)!.push(`n${to}`)
      return parents
    })
    fc.assert(
      fc.property(any, (parents) => {
        const cycles = findCycles(parents)
        for (const cycle of cycles) {
          for (const [i, id] of cycle.entries())
            expect(parents.get(id)).toContain(cycle[(i + 1) % cycle.length])
        }
        if (cycles.length === 0) expect(toposort(parents)).toHaveLength(10)
        else expect(() => toposort(parents)).toThrow(RangeError)
      }),
    )
  })
})
