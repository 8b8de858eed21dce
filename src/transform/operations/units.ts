import { z } from 'zod'
import { suggest } from '../../errors/suggest.ts'
import { words } from '../entry-fields.ts'
import { defineOperation } from '../operation-definition.ts'
import { setColumn } from '../project-columns.ts'
import { requireColumns } from '../require-columns.ts'

/** A unit of a quantity: a value times `factor`, plus `offset`, is in the quantity's own unit. */
interface Unit {
  readonly quantity: string
  readonly factor: number
  readonly offset?: number
}

const of = (quantity: string, factors: Readonly<Record<string, number>>): [string, Unit][] =>
  Object.entries(factors).map(([name, factor]) => [name, { quantity, factor }])

/** Exact by definition. */
const UNITS: ReadonlyMap<string, Unit> = new Map([
  ...of('length', {
    mm: 0.001,
    cm: 0.01,
    m: 1,
    km: 1000,
    in: 0.0254,
    ft: 0.3048,
    yd: 0.9144,
    mi: 1609.344,
    nmi: 1852,
  }),
  ...of('mass', {
    mg: 0.000001,
    g: 0.001,
    kg: 1,
    t: 1000,
    oz: 0.028349523125,
    lb: 0.45359237,
    st: 6.35029318,
  }),
  ...of('volume', { ml: 0.001, cl: 0.01, l: 1, m3: 1000, us_gal: 3.785411784, imp_gal: 4.54609 }),
  ...of('area', { cm2: 0.0001, m2: 1, ha: 10_000, km2: 1_000_000, ft2: 0.09290304, acre: 4046.8564224 }),
  ...of('speed', { 'm/s': 3600, 'km/h': 1000, mph: 1609.344, kn: 1852 }),
  ...of('time', { ms: 0.001, s: 1, min: 60, h: 3600, d: 86_400 }),
  ...of('energy', { J: 1, kJ: 1000, Wh: 3600, kWh: 3_600_000, cal: 4.184, kcal: 4184 }),
  ...of('data', {
    B: 1,
    kB: 1000,
    MB: 1e6,
    GB: 1e9,
    TB: 1e12,
    KiB: 1024,
    MiB: 1_048_576,
    GiB: 1_073_741_824,
  }),
  ['K', { quantity: 'temperature', factor: 1 }],
  ['C', { quantity: 'temperature', factor: 1, offset: 273.15 }],
  ['F', { quantity: 'temperature', factor: 5 / 9, offset: 459.67 * (5 / 9) }],
])

export const units = defineOperation({
  stage: 'conform',
  summary: 'A quantity in another unit, as a double.',
  example: 'units: {column: weight_lb, from: lb, to: kg, into: weight_kg}',
  entry: z.strictObject({
    column: words,
    from: words.describe(`One of ${[...UNITS.keys()].join(', ')}.`),
    to: words.describe('Another of the same quantity.'),
    into: words.optional().describe('A new column, or one that is replaced; the column itself unless given.'),
  }),
  effects: [],
  read({ column, from, to, into = column }, note) {
    for (const [key, name] of [
      ['from', from],
      ['to', to],
    ] as const) {
      if (UNITS.has(name)) continue
      const near = suggest(name, UNITS.keys())
      const hint = near === undefined ? `Units: ${[...UNITS.keys()].join(', ')}.` : `Did you mean "${near}"?`
      note('WW1026', [key], { message: `there is no unit "${name}"`, hint })
      return undefined
    }
    const [source, target] = [UNITS.get(from)!, UNITS.get(to)!]
    if (source.quantity !== target.quantity) {
      note('WW1026', [], {
        message: `${from} is a unit of ${source.quantity}, and ${to} of ${target.quantity}`,
      })
      return undefined
    }
    return { column, from, to, into }
  },
  compile(state, { column, from, to, into }, context) {
    const { dialect } = context
    requireColumns(state, [column], context)
    const double = dialect.typeName({ kind: 'float64' })
    const number = (value: number) => `cast(${dialect.literal(value)} as ${double})`
    const [source, target] = [UNITS.get(from)!, UNITS.get(to)!]
    const own = `cast(${dialect.identifier(column)} as ${double}) * ${number(source.factor)} + ${number(source.offset ?? 0)}`
    const sql = `((${own} - ${number(target.offset ?? 0)}) / ${number(target.factor)})`
    return setColumn(state, into, { sql, of: [column] }, context)
  },
})
