import {
  type Bound,
  type ContractQuality,
  type Demand,
  LIBRARY_METRICS,
  type LibraryMetric,
} from '../../../contracts/contract-quality.ts'
import type { Intake } from '../../intake.ts'
import type { Origin } from '../../origin.ts'
import type { QualityEntry } from '../../schema/contract/odcs-quality-entry.ts'

/** What rules were called before 3.1. */
const FORMER: Readonly<Record<string, LibraryMetric>> = {
  duplicateCount: 'duplicateValues',
  duplicatePercent: 'duplicateValues',
  rowCount: 'rowCount',
  nullCheck: 'nullValues',
  nullCount: 'nullValues',
  nullPercent: 'nullValues',
  missingCount: 'missingValues',
  missingPercent: 'missingValues',
  invalidCount: 'invalidValues',
  invalidPercent: 'invalidValues',
  uniqueCheck: 'duplicateValues',
}

/**
 * A quality rule of ODCS 3 in the platform's shape. A rule of 3.0 that is none of those it names is told of (WW1803) and is a text then, as
 * its name is all there is.
 */
export function readQuality(entry: QualityEntry, origin: Origin, intake: Intake): ContractQuality {
  const common = {
    name: entry.name ?? idOf(entry),
    description: entry.description ?? '',
    dimension: entry.dimension,
    severity: entry.severity,
    origin,
  }
  const type = (entry.type ?? (entry.metric ?? entry.rule) !== undefined) ? (entry.type ?? 'library') : 'text'
  if (type === 'sql') {
    return { ...common, type, query: entry.query ?? '', demands: demandsOf(entry) }
  }
  if (type === 'custom') {
    const { engine = '', implementation = '' } = entry
    return { ...common, type, engine, implementation }
  }
  if (type === 'text') return { ...common, type }
  const given = entry.metric ?? entry.rule ?? ''
  const metric = LIBRARY_METRICS.find((each) => each === given) ?? FORMER[given]
  if (metric === undefined) {
    const path = [...origin.path, entry.metric === undefined ? 'rule' : 'metric']
    intake.warn(
      'WW1803',
      { file: origin.file, path },
      {
        message: `the rule "${given.slice(0, 60)}" is none that is known, and is not checked`,
        hint: `Known are ${[...LIBRARY_METRICS, ...Object.keys(FORMER)].join(', ')}.`,
      },
    )
    return { ...common, type: 'text' }
  }
  const demands = demandsOf(entry)
  return {
    ...common,
    type: 'library',
    metric,
    arguments: entry.arguments ?? argumentsBeside(entry),
    // A rule of 3.0 may leave unsaid what is demanded: none of what it counts.
    demands: demands.length === 0 && metric !== 'rowCount' ? [{ is: 'equal', to: 0 }] : demands,
    unit: isPercent(entry, given) ? 'percent' : 'rows',
  }
}

function isPercent({ unit }: QualityEntry, rule: string): boolean {
  return unit === undefined ? rule.endsWith('Percent') : /^(?:percent|%)$/i.test(unit)
}

/** Before 3.1 arguments stood beside the rule. */
function argumentsBeside(entry: QualityEntry): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    ['validValues', 'pattern', 'missingValues', 'properties'].flatMap((key) => {
      const value: unknown = Reflect.get(entry, key)
      return value === undefined ? [] : [[key, value]]
    }),
  )
}

function idOf(entry: object): string | undefined {
  const id: unknown = Reflect.get(entry, 'id')
  return typeof id === 'string' ? id : undefined
}

function demandsOf(entry: QualityEntry): readonly Demand[] {
  const demands: Demand[] = []
  if (entry.mustBe !== undefined) demands.push({ is: 'equal', to: asBound(entry.mustBe) })
  if (entry.mustNotBe !== undefined) demands.push({ is: 'not equal', to: asBound(entry.mustNotBe) })
  if (entry.mustBeGreaterThan !== undefined) demands.push({ is: 'greater', to: entry.mustBeGreaterThan })
  if (entry.mustBeGreaterOrEqualTo !== undefined)
    demands.push({ is: 'greater or equal', to: entry.mustBeGreaterOrEqualTo })
  if (entry.mustBeLessThan !== undefined) demands.push({ is: 'less', to: entry.mustBeLessThan })
  if (entry.mustBeLessOrEqualTo !== undefined)
    demands.push({ is: 'less or equal', to: entry.mustBeLessOrEqualTo })
  for (const [key, is] of [
    ['mustBeBetween', 'between'],
    ['mustNotBeBetween', 'not between'],
  ] as const) {
    const [one, other] = entry[key] ?? []
    if (one === undefined || other === undefined) continue
    demands.push(one < other ? { is, low: one, high: other } : { is, low: other, high: one })
  }
  return demands
}

function asBound(value: unknown): Bound {
  switch (typeof value) {
    case 'number':
    case 'bigint':
    case 'string':
    case 'boolean':
      return value
    default:
      return value === null ? null : JSON.stringify(value)
  }
}
