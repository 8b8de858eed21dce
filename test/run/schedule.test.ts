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

describe('a schedule', () => {
  test('gives out every unit once, after all it waits for, or lets it fall with one that failed', () => {
    fc.assert(
      fc.property(graphs, fc.infiniteStream(fc.nat(9)), (units, chances) => {
        const schedule = new Schedule<Scheduled>(units)
        const ends = new Map<string, 'succeeded' | 'failed' | 'fallen'>()
        const running: Scheduled[] = []
        while (!schedule.isEmpty || running.length > 0) {
          for (let unit = schedule.take(); unit !== undefined; unit = schedule.take()) {
            expect(unit.after.every((id) => ends.get(id) === 'succeeded')).toBe(true)
            running.push(unit)
          }
          const chance = chances.next().value
          const [unit] = running.splice(chance % running.length, 1)
          if (chance > 0) {
            ends.set(unit!.id, 'succeeded')
            schedule.succeeded(unit!.id)
            continue
          }
          ends.set(unit!.id, 'failed')
          for (const fallen of schedule.failed(unit!.id)) {
            expect(fallen.unit.after).toContain(fallen.with)
            expect(ends.get(fallen.with)).toMatch(/failed|fallen/)
            expect(ends.has(fallen.unit.id)).toBe(false)
            ends.set(fallen.unit.id, 'fallen')
          }
        }
        expect([...ends.keys()].sort()).toEqual(units.map(({ id }) => id).sort())
        for (const { id, after } of units) {
          const isBad = after.some((other) => ends.get(other) !== 'succeeded')
          expect(ends.get(id) === 'fallen').toBe(isBad)
        }
      }),
    )
  })

  test('gives out the earliest first', () => {
    const schedule = new Schedule([
      { id: 'a', after: [] },
      { id: 'b', after: ['d'] },
      { id: 'c', after: ['a'] },
      { id: 'd', after: [] },
    ])
    expect([schedule.take()?.id, schedule.take()?.id, schedule.take()]).toEqual(['a', 'd', undefined])
    schedule.succeeded('a')
    schedule.succeeded('d')
    expect([schedule.take()?.id, schedule.take()?.id, schedule.isEmpty]).toEqual(['b', 'c', true])
  })
})
