import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Schedule, type Scheduled } from '../../src/run/schedule.ts'

/** Units that wait for earlier ones only, in any order. */
const graphs = fc.array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 30 }).chain((rows) =>
  fc.shuffledSubarray(
    rows.map((after, i) => ({
      id: `u${i}`,
      after: i === 0 ? [] : [...new Set(after.map((n) => `u${n % i}`))],
    })),
    { minLength: rows.length },
  ),
)

/** The order in which one worker has the units to which all goes well but `bad`. */
function order(units: readonly Scheduled[], bad: readonly string[] = []): readonly string[] {
  const schedule = new Schedule(units)
  const given: string[] = []
  for (let turn = schedule.take(); turn !== undefined; turn = schedule.take()) {
    const { unit, fellWith } = turn
    given.push(fellWith === undefined ? unit.id : `${unit.id} fell with ${fellWith}`)
    schedule.ended(unit.id, fellWith !== undefined || bad.includes(unit.id) ? 'badly' : 'well')
  }
  expect(schedule.isEmpty).toBe(true)
  return given
}

describe('a schedule', () => {
  test('gives out every unit once, after all it waits for; what waits for something bad has fallen', () => {
    fc.assert(
      fc.property(graphs, fc.infiniteStream(fc.nat(9)), (units, chances) => {
        const schedule = new Schedule<Scheduled>(units)
        const ends = new Map<string, 'well' | 'badly'>()
        const running: { readonly unit: Scheduled; readonly fellWith: string | undefined }[] = []
        while (!schedule.isEmpty || running.length > 0) {
          for (let turn = schedule.take(); turn !== undefined; turn = schedule.take()) {
            const { unit, fellWith } = turn
            expect(unit.after.every((id) => ends.has(id))).toBe(true)
            expect(fellWith === undefined).toBe(unit.after.every((id) => ends.get(id) === 'well'))
            if (fellWith !== undefined) expect(unit.after).toContain(fellWith)
            running.push(turn)
          }
          const chance = chances.next().value
          const [turn] = running.splice(chance % running.length, 1)
          const how = chance > 0 && turn!.fellWith === undefined ? 'well' : 'badly'
          expect(ends.has(turn!.unit.id)).toBe(false)
          ends.set(turn!.unit.id, how)
          schedule.ended(turn!.unit.id, how)
        }
        expect([...ends.keys()].sort()).toEqual(units.map(({ id }) => id).sort())
      }),
    )
  })

  test('gives out by depth and name what may start at once, and what comes later after it', () => {
    expect(
      order([
        { id: 'z', after: [] },
        { id: 'deep', after: ['child'] },
        { id: 'child', after: ['a'] },
        { id: 'b', after: ['a'] },
        { id: 'a', after: [] },
        { id: 'last', after: ['a', 'deep'] },
      ]),
    ).toEqual(['a', 'z', 'b', 'child', 'deep', 'last'])
  })

  test('gives what fell its turn among the others', () => {
    expect(
      order(
        [
          { id: 'a', after: [] },
          { id: 'b', after: ['a'] },
          { id: 'c', after: ['a', 'd'] },
          { id: 'd', after: [] },
        ],
        ['a'],
      ),
    ).toEqual(['a', 'd', 'b fell with a', 'c fell with a'])
  })

  test('gives out a model right after the unit tests that stand in its turn', () => {
    expect(
      order([
        { id: 'a', after: [] },
        { id: 'm', after: ['a', 'u1', 'u2'] },
        { id: 'n', after: ['a'] },
        { id: 'u2', after: ['a'], inTurnOf: 'm' },
        { id: 'u1', after: ['a'], inTurnOf: 'm' },
        { id: 'o', after: ['m'] },
      ]),
    ).toEqual(['a', 'u1', 'u2', 'm', 'n', 'o'])
  })

  test('lets all that is left be taken at once', () => {
    const schedule = new Schedule([
      { id: 'b', after: ['a'] },
      { id: 'a', after: [] },
      { id: 'c', after: [] },
    ])
    expect(schedule.take()?.unit.id).toBe('a')
    expect(schedule.takeAll().map(({ id }) => id)).toEqual(['b', 'c'])
    schedule.ended('a', 'well')
    expect([schedule.take(), schedule.isEmpty]).toEqual([undefined, true])
  })
})
