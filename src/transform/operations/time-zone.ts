import { z } from 'zod'
import { asNames, names, words } from '../entry-fields.ts'
import { judgeRows } from '../judge-rows.ts'
import { misfitBranches } from '../misfit-rule.ts'
import { defineOperation } from '../operation-definition.ts'
import { projectColumns } from '../project-columns.ts'
import { requireColumns } from '../require-columns.ts'

const AMBIGUOUS = ['earlier', 'later', 'null', 'quarantine', 'fail'] as const
const SKIPPED = ['forward', 'null', 'quarantine', 'fail'] as const

export interface TimeZoneOptions {
  readonly columns: readonly string[]
  readonly from: string
  readonly onAmbiguous: (typeof AMBIGUOUS)[number]
  readonly onSkipped: (typeof SKIPPED)[number]
}

export const timeZone = defineOperation({
  stage: 'conform',
  summary:
    'Local times of a zone (timestamp) as moments (timestamptz), by the rules of daylight saving that held then.',
  example: 'time_zone: {columns: ordered_at, from: Europe/Paris}',
  entry: z.strictObject({
    columns: names.describe('Columns of type timestamp.'),
    from: words.describe('The zone that the times are of, as Europe/Paris.'),
    on_ambiguous: z
      .enum(AMBIGUOUS)
      .or(z.null())
      .optional()
      .describe(
        'A time that there was twice, when clocks went back: earlier (unless given) or later, null, or quarantine or fail.',
      ),
    on_skipped: z
      .enum(SKIPPED)
      .or(z.null())
      .optional()
      .describe(
        'A time that there was not, when clocks went forward: forward (unless given) moves it by as much as the clocks, or null, quarantine or fail.',
      ),
  }),
  effects: ['rejected', 'held'],
  read(entry, note): TimeZoneOptions | undefined {
    if (!isZone(entry.from)) {
      note('WW1008', ['from'], {
        message: `"${entry.from}" is not a time zone`,
        hint: 'Use a name such as UTC or Europe/Paris.',
      })
      return undefined
    }
    return {
      columns: asNames(entry.columns),
      from: entry.from,
      onAmbiguous: entry.on_ambiguous === undefined ? 'earlier' : (entry.on_ambiguous ?? 'null'),
      onSkipped: entry.on_skipped === undefined ? 'forward' : (entry.on_skipped ?? 'null'),
    }
  },
  /**
   * Engines differ in which of two moments they take. So both are computed, by what the clocks were ahead of UTC a day before and a
   * day after; a moment counts when the zone's clocks showed the time then.
   */
  compile(state, { columns, from, onAmbiguous, onSkipped }, context) {
    const { dialect } = context
    const { identifier, literal } = dialect
    requireColumns(state, columns, context)
    const zone = literal(from)
    const temporary = (column: string, which: string) => `_ww_${which}_${columns.indexOf(column)}`
    const candidate = (column: string, day: string) => {
      const name = identifier(column)
      const utc = `(${name} at time zone 'UTC')`
      const then = `(${utc} ${day} interval '24 hours')`
      const ahead = `((${then} at time zone ${zone}) - (${then} at time zone 'UTC'))`
      return `case when ${ordinary(name)} then ${utc} - ${ahead} end`
    }
    const names = columns.flatMap((column) => [temporary(column, 'before'), temporary(column, 'after')])
    const moments = columns.flatMap((column) => [
      [temporary(column, 'before'), { sql: candidate(column, '-'), of: [column] }] as const,
      [temporary(column, 'after'), { sql: candidate(column, '+'), of: [column] }] as const,
    ])
    const widened = projectColumns(state, [...state.columns, ...names], new Map(moments), context)
    const of = (column: string) => {
      const name = identifier(column)
      const [before, after] = [temporary(column, 'before'), temporary(column, 'after')]
      const showed = (moment: string) => `(${moment} at time zone ${zone}) = ${name}`
      return {
        name,
        before,
        after,
        twice: `(${before} <> ${after} and ${showed(before)} and ${showed(after)})`,
        never: `(not ${showed(before)} and not ${showed(after)})`,
        one: `case when ${showed(before)} then ${before} else ${after} end`,
      }
    }
    const branches = columns.flatMap((column) => {
      const { twice, never } = of(column)
      const rules = [
        {
          rule: onAmbiguous,
          condition: twice,
          reason: `column ${column}: the clocks of ${from} showed the time twice`,
        },
        {
          rule: onSkipped,
          condition: never,
          reason: `column ${column}: the clocks of ${from} never showed the time`,
        },
      ]
      return rules.flatMap(({ rule, condition, reason }) =>
        rule === 'quarantine' || rule === 'fail'
          ? misfitBranches([{ rule, condition, reason }], dialect)
          : [],
      )
    })
    const judged =
      branches.length === 0 ? widened : judgeRows(widened, `case ${branches.join(' ')} end`, context)
    const expressions = columns.map((column) => {
      const { name, before, after, twice, never, one } = of(column)
      const both = { earlier: `least(${before}, ${after})`, later: `greatest(${before}, ${after})` }
      const sql = `case when not ${ordinary(name)} then ${name} at time zone ${zone}
 when ${twice} then ${onAmbiguous === 'earlier' || onAmbiguous === 'later' ? both[onAmbiguous] : 'null'}
 when ${never} then ${onSkipped === 'forward' ? before : 'null'} else ${one} end`
      return [column, { sql, of: [column], isText: false }] as const
    })
    return projectColumns(judged, state.columns, new Map(expressions), context)
  },
})

/** Not infinite, and not where adding a day would leave the calendar of an engine. */
function ordinary(name: string): string {
  return `(${name} between timestamp '0001-01-03' and timestamp '9999-12-29')`
}

function isZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }) !== undefined
  } catch {
    return false
  }
}
