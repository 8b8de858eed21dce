import type { Relation } from '../../engines/relation.ts'
import type { Check, CheckRule } from '../../quality/check.ts'
import { checkName } from '../../quality/check-name.ts'
import type { Intake } from '../intake.ts'
import type { Origin } from '../origin.ts'
import type { CheckEntry } from '../schema/check-entry.ts'
import { asList } from '../schema/fields.ts'

/** Where `to` of a relationships check leads, or why it leads nowhere. */
export type FindRelation = (to: string) => Relation | { readonly problem: string; readonly hint?: string }

export interface GatePlace {
  readonly origin: Origin
  readonly moment: 'pre_load' | 'post_load'
  readonly intake: Intake
  readonly findRelation: FindRelation
}

type Settings = Pick<CheckEntry, 'name' | 'severity' | 'where' | 'on_failure'>

const SETTINGS: readonly string[] = ['name', 'severity', 'where', 'on_failure'] satisfies (keyof Settings)[]
const ROW_RULES: readonly CheckRule['rule'][] = [
  'not_null',
  'accepted_values',
  'accepted_range',
  'matches',
  'expression',
]

/** The checks of one gate, each with a name of its own. What cannot be understood is noted at its place. */
export function readChecks(entries: readonly CheckEntry[], place: GatePlace): readonly Check[] {
  const names = new Set<string>()
  return entries.flatMap((entry, index) => {
    const origin = { file: place.origin.file, path: [...place.origin.path, index] }
    return readCheck(entry, { ...place, origin }).map((check) => {
      const name = check.name === '' ? freeName(checkName(check.rule), names) : check.name
      if (names.has(name)) {
        place.intake.error('WW1028', origin, {
          message: `two checks of ${place.moment} are called "${name}"`,
        })
      }
      names.add(name)
      return { ...check, name }
    })
  })
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted
  for (let count = 2; taken.has(name); count++) name = `${wanted}_${count}`
  return name
}

function readCheck(entry: CheckEntry, place: GatePlace): Check[] {
  const { intake } = place
  const rules = Object.keys(entry).filter((key) => !SETTINGS.includes(key))
  const [rule] = rules
  if (rule === undefined && intake.isFaulty(place.origin)) return []
  if (rule === undefined || rules.length > 1) {
    const message = rule === undefined ? 'the check has no rule' : `${rules.join(', ')} stand in one check`
    intake.error('WW1027', place.origin, { message, hint: 'Write one rule per entry of the list.' })
    return []
  }
  const origin = { file: place.origin.file, path: [...place.origin.path, rule] }
  const readings = read(entry, { ...place, origin })
  const settings: Settings = { ...pickSettings(entry), ...argumentsOf(entry, rule) }
  if (settings.on_failure && !readings.every((reading) => ROW_RULES.includes(reading.rule))) {
    intake.error('WW1027', origin, {
      message: `on_failure is for checks that judge single rows, and ${rule} does not`,
      hint: 'Use severity: error to hold the load, or severity: warn.',
    })
  }
  if (settings.on_failure && place.moment === 'post_load') {
    intake.error('WW1027', origin, {
      message: 'on_failure is for pre_load; a check of post_load that fails holds the load',
      hint: 'Move the check to pre_load, or use severity.',
    })
  }
  if (settings.name !== undefined && readings.length > 1) {
    intake.error('WW1027', origin, {
      message: `one name for ${readings.length} checks`,
      hint: 'Write an entry for each column, or leave the name out.',
    })
  }
  return readings.map((reading) => ({
    name: settings.name ?? '',
    rule: reading,
    severity: settings.severity ?? 'error',
    ...(settings.where === undefined ? {} : { where: settings.where }),
    ...(settings.on_failure === undefined ? {} : { onFailure: settings.on_failure }),
  }))
}

function argumentsOf(entry: CheckEntry, rule: string): Settings {
  const given: unknown = Object.entries(entry).find(([key]) => key === rule)?.[1]
  return typeof given === 'object' && given !== null && !Array.isArray(given) ? pickSettings(given) : {}
}

function pickSettings(given: Settings): Settings {
  return Object.fromEntries(Object.entries(given).filter(([key]) => SETTINGS.includes(key)))
}

function read(entry: CheckEntry, place: GatePlace): CheckRule[] {
  if (entry.not_null !== undefined) {
    const given = entry.not_null
    const columns = typeof given === 'string' || Array.isArray(given) ? asList(given) : asList(given.column)
    return columns.map((column) => ({ rule: 'not_null', column }))
  }
  if (entry.unique !== undefined) {
    const given = entry.unique
    const columns = typeof given === 'string' || Array.isArray(given) ? asList(given) : asList(given.columns)
    return [{ rule: 'unique', columns }]
  }
  if (entry.accepted_values !== undefined) {
    const { column, values } = entry.accepted_values
    return [{ rule: 'accepted_values', column, values }]
  }
  if (entry.accepted_range !== undefined) {
    const { column, min, max, inclusive = true } = entry.accepted_range
    bounds(min, max, place)
    return [
      {
        rule: 'accepted_range',
        column,
        ...(min === undefined ? {} : { min }),
        ...(max === undefined ? {} : { max }),
        inclusive,
      },
    ]
  }
  if (entry.matches !== undefined) {
    const { column, pattern } = entry.matches
    return [{ rule: 'matches', column, pattern }]
  }
  if (entry.expression !== undefined) {
    const given = entry.expression
    return [{ rule: 'expression', expression: typeof given === 'string' ? given : given.expression }]
  }
  if (entry.row_count !== undefined) {
    const { min, max } = entry.row_count
    bounds(min, max, place)
    return [
      { rule: 'row_count', ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) },
    ]
  }
  if (entry.recency !== undefined) {
    const { column, hours } = entry.recency
    return [{ rule: 'recency', column, hours }]
  }
  if (entry.relationships !== undefined) {
    const { column, to, field } = entry.relationships
    const found = place.findRelation(to)
    if (!('problem' in found)) return [{ rule: 'relationships', column, to: found, field }]
    const origin = { file: place.origin.file, path: [...place.origin.path, 'to'] }
    place.intake.error('WW1027', origin, { message: found.problem, hint: found.hint })
  }
  return []
}

type Bound = number | bigint | string | undefined

function bounds(min: Bound, max: Bound, place: GatePlace): void {
  if (min === undefined && max === undefined) {
    place.intake.error('WW1027', place.origin, { message: 'the check has neither min nor max', part: 'key' })
  }
  const numbers = typeof min !== 'string' && typeof max !== 'string'
  if (numbers && min !== undefined && max !== undefined && min > max) {
    place.intake.error('WW1027', place.origin, {
      message: `min ${min} is greater than max ${max}: nothing can pass`,
      part: 'key',
    })
  }
}
