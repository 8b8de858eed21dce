import {
  type Contract,
  type ContractObject,
  type ContractProperty,
  columnOf,
  type PropertyOptions,
  primaryKeyOf,
  type ServiceLevel,
} from '../contract.ts'
import type { ContractOrigin } from '../contract-origin.ts'
import type { ContractQuality } from '../contract-quality.ts'
import { hoursOf } from '../hours-of.ts'
import { compareTypes, typeOf } from './compare-types.ts'
import type { Compatibility, ContractChange } from './contract-change.ts'

/**
 * Every difference between two versions of a contract, each with what it does to who reads by the other one. Objects and properties are
 * the same when their ids are, else when their names are. What only describes is left out.
 */
export function diffContracts(before: Contract, after: Contract): readonly ContractChange[] {
  const changes: ContractChange[] = []
  const note: Note = (at, compatibility, what, reason, origin) =>
    changes.push({ at, compatibility, what, reason, origin })
  for (const [old, now] of pairs(before.objects, after.objects)) {
    if (now === undefined) note(old!.name, 'backward', 'the object is removed', REMOVED, old!.origin)
    else if (old === undefined)
      note(now.name, 'full', 'an object is added', 'nobody reads it yet', now.origin)
    else compareObjects(old, now, note)
  }
  compareLevels(before, after, note)
  return changes
}

type Note = (
  at: string,
  compatibility: Compatibility,
  what: string,
  reason: string,
  origin: ContractOrigin,
) => void

const REMOVED = 'who reads it by the old contract no longer finds it; who reads old data may pass it over'
const STRICTER = 'all new data is as the old contract has it; old data may not be as the new one asks'
const LOOSER = 'all old data is as the new contract has it; new data may be other than the old one promises'
const OTHER = 'neither promises what the other does'

function pairs<T extends { readonly id: string | undefined; readonly name: string }>(
  before: readonly T[],
  after: readonly T[],
): readonly (readonly [T | undefined, T | undefined])[] {
  const left = new Set(after)
  const matched = before.map((old): readonly [T | undefined, T | undefined] => {
    const byId = old.id === undefined ? undefined : [...left].find(({ id }) => id === old.id)
    const now =
      byId ??
      [...left].find(
        ({ name, id }) => name === old.name && (id === undefined || old.id === undefined || id === old.id),
      )
    if (now !== undefined) left.delete(now)
    return [old, now]
  })
  return [...matched, ...[...left].map((now): readonly [undefined, T] => [undefined, now])]
}

function compareObjects(before: ContractObject, after: ContractObject, note: Note): void {
  const at = after.name
  const { origin } = after
  const [oldTable, table] = [before.physicalName ?? before.name, after.physicalName ?? after.name]
  if (oldTable !== table) note(at, 'breaking', `the table ${oldTable} is called ${table}`, OTHER, origin)
  compareProperties(before.properties, after.properties, at, note)
  const [oldKey, key] = [before, after].map((object) => primaryKeyOf(object).map(columnOf).join(', ')) as [
    string,
    string,
  ]
  if (oldKey !== key) {
    const what = `the primary key is (${key}), and was (${oldKey})`
    if (oldKey === '') note(at, 'forward', what, STRICTER, origin)
    else if (key === '') note(at, 'backward', what, LOOSER, origin)
    else note(at, 'breaking', what, 'what a row stands for is other than before', origin)
  }
  compareQuality(before.quality, after.quality, at, origin, note)
  const references = (object: ContractObject) =>
    new Map(object.relationships.map((each) => [`${each.from.join(', ')} to ${each.to.join(', ')}`, each]))
  const [olds, news] = [references(before), references(after)]
  for (const [name, { origin }] of news)
    if (!olds.has(name)) note(at, 'forward', `the reference from ${name} is added`, STRICTER, origin)
  for (const [name, { origin }] of olds)
    if (!news.has(name)) note(at, 'backward', `the reference from ${name} is removed`, LOOSER, origin)
}

function compareProperties(
  before: readonly ContractProperty[],
  after: readonly ContractProperty[],
  path: string,
  note: Note,
): void {
  for (const [old, now] of pairs(before, after)) {
    if (now === undefined)
      note(`${path}.${old!.name}`, 'backward', 'the property is removed', REMOVED, old!.origin)
    else if (old === undefined) {
      const at = `${path}.${now.name}`
      if (now.required || now.primaryKey)
        note(
          at,
          'forward',
          'a required property is added',
          'old data does not have it; who goes by the old contract passes it over',
          now.origin,
        )
      else
        note(
          at,
          'full',
          'an optional property is added',
          'old data is read without it; who goes by the old contract passes it over',
          now.origin,
        )
    } else compareProperty(old, now, `${path}.${now.name}`, note)
  }
}

function compareProperty(before: ContractProperty, after: ContractProperty, at: string, note: Note): void {
  const { origin } = after
  if (columnOf(before) !== columnOf(after))
    note(at, 'breaking', `the column ${columnOf(before)} is called ${columnOf(after)}`, OTHER, origin)
  const types = compareTypes(before, after)
  if (types !== undefined) {
    const what = `the type is ${typeOf(after) ?? 'not said'}, and was ${typeOf(before) ?? 'not said'}`
    note(at, types, what, reasonOf(types), origin)
  }
  const must = (property: ContractProperty) => property.required || property.primaryKey
  compareFlag(must(before), must(after), 'required', at, origin, note)
  compareFlag(before.unique, after.unique, 'unique', at, origin, note)
  for (const change of compareOptions(before.options, after.options))
    note(at, change.compatibility, change.what, reasonOf(change.compatibility), origin)
  if (before.classification !== after.classification) {
    const what = `it is classified as ${after.classification ?? 'nothing'}, and was ${before.classification ?? 'not'}`
    note(at, 'full', what, 'the values are the same; who may see them may not be', origin)
  }
  compareQuality(before.quality, after.quality, at, origin, note)
  compareProperties(before.properties, after.properties, at, note)
  if (before.items && after.items) compareProperty(before.items, after.items, `${at}[]`, note)
}

function reasonOf(compatibility: Compatibility): string {
  if (compatibility === 'forward') return STRICTER
  return compatibility === 'backward' ? LOOSER : OTHER
}

function compareFlag(
  before: boolean,
  after: boolean,
  word: string,
  at: string,
  origin: ContractOrigin,
  note: Note,
): void {
  if (before === after) return
  if (after) note(at, 'forward', `it is ${word}, and was not`, STRICTER, origin)
  else note(at, 'backward', `it is not ${word} any more`, LOOSER, origin)
}

const LOWER = ['minLength', 'minimum', 'exclusiveMinimum', 'minItems'] as const
const UPPER = ['maxLength', 'maximum', 'exclusiveMaximum', 'maxItems'] as const

interface OptionChange {
  readonly compatibility: Compatibility
  readonly what: string
}

function compareOptions(before: PropertyOptions, after: PropertyOptions): readonly OptionChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof PropertyOptions)[]
  return keys.flatMap((key): readonly OptionChange[] => {
    const [old, now] = [before[key], after[key]]
    if (JSON.stringify(old, asText) === JSON.stringify(now, asText)) return []
    const what = `${key} is ${now === undefined ? 'not said any more' : String(now)}${old === undefined ? '' : `, and was ${String(old)}`}`
    if (old === undefined) return [{ compatibility: 'forward', what }]
    if (now === undefined) return [{ compatibility: 'backward', what }]
    const lower = LOWER.some((each) => each === key)
    if ((lower || UPPER.some((each) => each === key)) && typeof old === typeof now) {
      const isStricter = lower ? now > old : now < old
      return [{ compatibility: isStricter ? 'forward' : 'backward', what }]
    }
    return [{ compatibility: 'breaking', what }]
  })
}

function asText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}

/** Rules are the same when they measure the same; what is demanded of it may differ. */
function compareQuality(
  before: readonly ContractQuality[],
  after: readonly ContractQuality[],
  at: string,
  origin: ContractOrigin,
  note: Note,
): void {
  const [old, now] = [byMeasure(before), byMeasure(after)]
  for (const [key, rule] of now) {
    const former = old.get(key)
    if (former === undefined) note(at, 'forward', `the rule ${nameOf(rule)} is added`, STRICTER, rule.origin)
    else if (demanded(former) !== demanded(rule)) compareDemands(former, rule, at, note)
  }
  for (const [key, rule] of old) {
    if (!now.has(key)) note(at, 'backward', `the rule ${nameOf(rule)} is removed`, LOOSER, origin)
  }
}

function compareDemands(before: ContractQuality, after: ContractQuality, at: string, note: Note): void {
  const order = strictness(before, after)
  const compatibility = order ?? 'breaking'
  note(
    at,
    compatibility,
    `the rule ${nameOf(after)} demands other values than before`,
    reasonOf(compatibility),
    after.origin,
  )
}

function byMeasure(rules: readonly ContractQuality[]): ReadonlyMap<string, ContractQuality> {
  const checked = rules.filter(({ type }) => type !== 'text')
  return new Map(
    checked.map((rule) => {
      const {
        name: _name,
        description: _text,
        dimension: _side,
        origin: _place,
        severity: _word,
        ...what
      } = rule
      return [JSON.stringify({ ...what, demands: undefined, arguments: measured(rule) }, asText), rule]
    }),
  )
}

/** Accepted values are what is demanded, and not what is measured. */
function measured(rule: ContractQuality): unknown {
  if (rule.type !== 'library') return undefined
  const { validValues: _values, ...others } = rule.arguments
  return others
}

function demanded(rule: ContractQuality): string {
  const demands = 'demands' in rule ? rule.demands : []
  return JSON.stringify([demands, validValues(rule)], asText)
}

function validValues(rule: ContractQuality): readonly string[] | undefined {
  const values = rule.type === 'library' ? rule.arguments['validValues'] : undefined
  return Array.isArray(values) ? values.map((value) => JSON.stringify(value, asText)).toSorted() : undefined
}

function strictness(before: ContractQuality, after: ContractQuality): 'forward' | 'backward' | undefined {
  const [old, now] = [validValues(before), validValues(after)]
  const sameDemands =
    'demands' in before &&
    'demands' in after &&
    JSON.stringify(before.demands, asText) === JSON.stringify(after.demands, asText)
  if (old !== undefined && now !== undefined && sameDemands) {
    if (now.every((value) => old.includes(value))) return 'forward'
    return old.every((value) => now.includes(value)) ? 'backward' : undefined
  }
  if (!('demands' in before && 'demands' in after) || JSON.stringify(old) !== JSON.stringify(now))
    return undefined
  const [one, another] = [interval(before), interval(after)]
  if (one === undefined || another === undefined) return undefined
  if (another[0] >= one[0] && another[1] <= one[1]) return 'forward'
  return one[0] >= another[0] && one[1] <= another[1] ? 'backward' : undefined
}

/** What a demand lets be, where it is one stretch of numbers; open ends are a hair's breadth inside. */
function interval(rule: ContractQuality): readonly [number, number] | undefined {
  const [demand, ...more] = 'demands' in rule ? rule.demands : []
  if (demand === undefined || more.length > 0) return undefined
  const least = Number.EPSILON
  switch (demand.is) {
    case 'equal':
      return typeof demand.to === 'number' ? [demand.to, demand.to] : undefined
    case 'greater':
      return [Number(demand.to) + least, Number.POSITIVE_INFINITY]
    case 'greater or equal':
      return [Number(demand.to), Number.POSITIVE_INFINITY]
    case 'less':
      return [Number.NEGATIVE_INFINITY, Number(demand.to) - least]
    case 'less or equal':
      return [Number.NEGATIVE_INFINITY, Number(demand.to)]
    case 'between':
      return [Number(demand.low), Number(demand.high)]
    default:
      return undefined
  }
}

function nameOf(rule: ContractQuality): string {
  return `"${rule.name ?? (rule.type === 'library' ? rule.metric : rule.type)}"`
}

/** Service levels where less is better for who reads. */
const LESS_IS_BETTER =
  /^(?:latency|ly|freshness|errorrate|er|timetodetect|td|timetonotify|tn|timetorepair|tr)$/i

function compareLevels(before: Contract, after: Contract, note: Note): void {
  const key = ({ property, element }: ServiceLevel) => `${property.toLowerCase()} ${element ?? ''}`
  const [old, now] = [before, after].map(({ sla }) => new Map(sla.map((level) => [key(level), level]))) as [
    Map<string, ServiceLevel>,
    Map<string, ServiceLevel>,
  ]
  for (const [id, level] of now) {
    const former = old.get(id)
    const { property, origin } = level
    if (former === undefined) note(after.name, 'forward', `${property} is promised`, STRICTER, origin)
    else if (former.value !== level.value || former.unit !== level.unit) {
      const [was, is] = [amountOf(former), amountOf(level)]
      const isKnown = was !== undefined && is !== undefined
      if (isKnown && was === is) continue
      const isBetter = isKnown && (LESS_IS_BETTER.test(property) ? is < was : is > was)
      const compatibility = isKnown ? (isBetter ? 'forward' : 'backward') : 'breaking'
      const said = ({ value, unit }: ServiceLevel) =>
        [value, unit].filter((part) => part !== undefined).join(' ')
      note(
        after.name,
        compatibility,
        `${property} is ${said(level)}, and was ${said(former)}`,
        reasonOf(compatibility),
        origin,
      )
    }
  }
  for (const [id, { property, origin }] of old)
    if (!now.has(id)) note(after.name, 'backward', `${property} is not promised any more`, LOOSER, origin)
}

function amountOf(level: ServiceLevel): number | undefined {
  const hours = hoursOf(level)
  if (hours !== undefined) return hours
  const number = Number(level.value)
  return level.value === null || level.value === '' || Number.isNaN(number) ? undefined : number
}
