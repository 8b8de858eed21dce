import type { Selectable } from './selectable.ts'

export const LIST_FORMS = ['selector', 'name', 'path', 'json'] as const
export type ListForm = (typeof LIST_FORMS)[number]

/** What dbt shows of a resource as JSON unless keys are asked for. */
const USUAL_KEYS: ReadonlySet<string> = new Set([
  'alias',
  'name',
  'package_name',
  'depends_on',
  'direct_parents',
  'tags',
  'config',
  'resource_type',
  'source_name',
  'original_file_path',
  'unique_id',
])

/** Kinds of resources that are selected by a method of the same name. */
const BY_NAME: ReadonlySet<string> = new Set([
  'exposure',
  'metric',
  'saved_query',
  'semantic_model',
  'unit_test',
  'pipeline',
  'contract',
])

/**
 * A member of the graph as one line: the selector that means it alone, its name, its file, or what is said of it as JSON. `keys` are those
 * of the JSON, with dots into mappings; none: the usual ones.
 */
export function listLine(member: Selectable, form: ListForm, keys: readonly string[] = []): string {
  switch (form) {
    case 'selector':
      return selectorOf(member)
    case 'name':
      return nameOf(member)
    case 'path':
      return member.original_file_path
    case 'json':
      return JSON.stringify(keys.length > 0 ? chosen(member, keys) : usual(member))
  }
}

function selectorOf(member: Selectable): string {
  const { resource_type: type, package_name, name, source_name = '', version } = member
  if (type === 'source') return `source:${package_name}.${source_name}.${name}`
  if (!BY_NAME.has(type)) return member.fqn.join('.')
  const versioned = type === 'unit_test' && isGiven(version) ? `${name}_v${version}` : name
  return `${type}:${package_name}.${versioned}`
}

function nameOf({ resource_type, name, source_name = '', version }: Selectable): string {
  if (resource_type === 'source') return `${source_name}.${name}`
  return resource_type === 'model' && isGiven(version) ? `${name}.v${version}` : name
}

function usual(member: Selectable): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(member).filter(([key]) => USUAL_KEYS.has(key)))
}

/** A key that a member does not have is left out; so is one within a mapping that has nothing in it. */
function chosen(member: Selectable, keys: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    keys.flatMap((key) => {
      const value = key.split('.').reduce<unknown>(memberOf, member)
      return value === undefined || (value === null && key.includes('.')) ? [] : [[key, value]]
    }),
  )
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined
}

function isGiven(version: string | number | null | undefined): boolean {
  return version !== undefined && version !== null
}
