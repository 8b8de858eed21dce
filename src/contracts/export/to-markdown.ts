import { type ContractObject, type ContractProperty, columnOf } from '../contract.ts'
import type { ContractQuality, Demand } from '../contract-quality.ts'
import { withoutControls } from '../without-controls.ts'
import type { Exporter } from './exported.ts'

/** A page for people. Texts of the contract stand as they are: nothing in them becomes markup, a link or HTML. */
export const toMarkdown: Exporter = (contract) => {
  const { name, version, status, owner, description, sla, objects, consumers, policy } = contract
  const facts = [
    ['version', version],
    ['status', status],
    ['owner', owner],
    ['consumers', consumers.join(', ')],
    ['breaking changes', policy],
  ].flatMap(([label, value]) => (value ? [`* ${label}: ${escaped(value)}`] : []))
  const levels = sla.map(({ property, value, unit, element }) =>
    row([property, [value, unit].filter((part) => part !== undefined).join(' '), element ?? '']),
  )
  const lines = [
    `# ${escaped(name)}`,
    '',
    ...(description === '' ? [] : [escaped(description), '']),
    ...facts,
    ...objects.flatMap(objectLines),
    ...(levels.length === 0
      ? []
      : ['', '## Service levels', '', ...table(['promise', 'value', 'measured by'], levels)]),
    '',
  ]
  return { text: lines.join('\n'), lost: [] }
}

function objectLines({ name, description, grain, properties, quality }: ContractObject): readonly string[] {
  const rows = properties.map((property) =>
    row([
      columnOf(property),
      property.physicalType ?? property.logicalType ?? '',
      marks(property),
      property.description,
    ]),
  )
  const rules = [
    ...quality.map((rule) => ruleLine(rule, undefined)),
    ...properties.flatMap((property) => property.quality.map((rule) => ruleLine(rule, property.name))),
  ]
  return [
    '',
    `## ${escaped(name)}`,
    '',
    ...(description === '' ? [] : [escaped(description), '']),
    ...(grain === undefined ? [] : [`Grain: ${escaped(grain)}`, '']),
    ...table(['column', 'type', 'must be', 'description'], rows),
    ...(rules.length === 0 ? [] : ['', ...rules]),
  ]
}

function marks({ primaryKey, required, unique, classification }: ContractProperty): string {
  return [
    primaryKey ? 'primary key' : '',
    required ? 'required' : '',
    unique ? 'unique' : '',
    classification ?? '',
  ]
    .filter(Boolean)
    .join(', ')
}

function ruleLine(rule: ContractQuality, property: string | undefined): string {
  const what = rule.name ?? (rule.type === 'library' ? rule.metric : rule.description || rule.type)
  const demands = 'demands' in rule ? rule.demands.map(sayDemand).join(' and ') : ''
  const about = property === undefined ? '' : `${property}: `
  return `* ${escaped(`${about}${what}${demands === '' ? '' : ` is ${demands}`}${'unit' in rule && rule.unit === 'percent' ? ' %' : ''}`)}`
}

const WORDS = {
  equal: 'equal to',
  'not equal': 'not equal to',
  greater: 'more than',
  'greater or equal': 'at least',
  less: 'less than',
  'less or equal': 'at most',
} as const

function sayDemand(demand: Demand): string {
  if ('to' in demand) return `${WORDS[demand.is]} ${String(demand.to)}`
  return `${demand.is} ${demand.low} and ${demand.high}`
}

function table(heads: readonly string[], rows: readonly string[]): readonly string[] {
  return [row(heads), `|${heads.map(() => ' --- |').join('')}`, ...rows]
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(escaped).join(' | ')} |`
}

/** Text that Markdown, and HTML within it, take for text. https://spec.commonmark.org/0.31.2/#backslash-escapes */
function escaped(text: string): string {
  return withoutControls(text)
    .replaceAll(/[\\`*_{}[\]()#+!|~$^>-]/g, (sign) => (/[-+(){}]/.test(sign) ? sign : `\\${sign}`))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/\b(https?|ftp|mailto|javascript|data):/gi, '$1&#58;')
    .replaceAll(/\bwww\./gi, 'www&#46;')
    .replaceAll('@', '&#64;')
}
