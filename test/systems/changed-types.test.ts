import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { suiteEngine, testEngines } from '../support/engines.ts'
import { csvPipeline, RunProject } from '../support/run-project.ts'

const MODES = ['evolve', 'text', 'variant', 'discard_value', 'discard_row'] as const
type Mode = (typeof MODES)[number]
type Type = 'bigint' | 'double' | 'text'

/** A whole number, one that no double has, one with a fraction, or a word: as a file has it. */
const value = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -1000, max: 1000 }).map(String) },
  { weight: 1, arbitrary: fc.constant('9007199254740993') },
  { weight: 2, arbitrary: fc.integer({ min: -1000, max: 1000 }).map((n) => `${n}.5`) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 9 }).map((n) => `word${n}`) },
)
const batches = fc.array(fc.array(value, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 4 })

/** What a table holds of a column that values arrive for, batch by batch. */
class Model {
  readonly mode: Mode
  type: Type | undefined
  readonly rows: { id: number; a: string | null; variant: string | null }[] = []
  rejected = 0
  discarded = 0

  constructor(mode: Mode) {
    this.mode = mode
  }

  load(values: readonly (readonly [number, string])[]): void {
    const found = typeOf(values.map(([, text]) => text))
    this.type ??= found
    const widens = this.mode === 'evolve' || this.mode === 'text' || this.mode === 'variant'
    const stays = this.rows.every(({ a }) => a === null || fits(a, 'double'))
    if (widens && this.type === 'bigint' && found === 'double' && stays) this.type = 'double'
    const type = this.type
    if (this.mode === 'text' && values.some(([, text]) => !fits(text, type))) this.type = 'text'
    for (const [id, text] of values) {
      if (fits(text, this.type)) this.rows.push({ id, a: text, variant: null })
      else if (this.mode === 'variant') this.rows.push({ id, a: null, variant: text })
      else if (this.mode === 'discard_value') {
        this.rows.push({ id, a: null, variant: null })
        this.discarded++
      } else this.rejected++
    }
  }
}

function typeOf(texts: readonly string[]): Type {
  if (texts.some((text) => text.startsWith('word'))) return 'text'
  // A number that a double would round is not taken for one.
  if (texts.every((text) => !text.includes('.'))) return 'bigint'
  return texts.every((text) => fits(text, 'double')) ? 'double' : 'text'
}

function fits(text: string, type: Type): boolean {
  if (type === 'text') return true
  if (text.startsWith('word')) return false
  return type === 'bigint' ? !text.includes('.') : text !== '9007199254740993'
}

/** Engines write the texts of numbers each in its way. */
function plain(value: unknown): unknown {
  if (value === null || (typeof value === 'string' && value.startsWith('word'))) return value
  return Number(value)
}

describe.each(Object.keys(testEngines))('values of another type on %s', (name) => {
  const test = suiteEngine(name)

  it('are where a plain model has them, whatever arrives in which order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...MODES), batches, async (mode, all) => {
        const load = `append, schema_changes: {types: ${mode}, removed: evolve}`
        const project = await RunProject.create(test.engine, {
          'pipelines/orders.yml': csvPipeline('orders', load, 'error_handling: {strategy: dead-letter}'),
        })
        const model = new Model(mode)
        let discarded = 0
        for (const [index, values] of all.entries()) {
          const rows = values.map((text, place) => [index * 10 + place, text] as const)
          const lines = rows.map(([id, text]) => `${id},${text}`)
          await project.write({ [`in/orders-${index}.csv`]: `id,a\n${lines.join('\n')}\n` })
          const ran = await project.build()
          expect(ran.node('orders').status).toBe('success')
          discarded += ran.events
            .flatMap((event) => (event.type === 'values-discarded' ? event.discarded : []))
            .reduce((sum, { count }) => sum + count, 0)
          model.load(rows)
        }
        const found = await project.rows('select * from raw.raw_shop_orders order by id')
        expect(
          found.map((row) => ({
            id: row['id'],
            a: plain(row['a']),
            variant: plain(row['a__v_text'] ?? null),
          })),
        ).toEqual(model.rows.map(({ id, a, variant }) => ({ id, a: plain(a), variant: plain(variant) })))
        const [quarantined] = await project.rows('select count(*) as n from _waterworks.quarantine')
        expect(Number(quarantined?.['n'])).toBe(model.rejected)
        expect(discarded).toBe(model.discarded)
        await project.close()
      }),
      { numRuns: 12 },
    )
  })
})
