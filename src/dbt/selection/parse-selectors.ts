import { z } from 'zod'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { criterionOf, parseCriterion } from './parse-criterion.ts'
import {
  type Criterion,
  INDIRECT_SELECTIONS,
  type IndirectSelection,
  type SelectionSpec,
} from './selection-spec.ts'
import type { Selectors } from './selectors.ts'

const flag = z.union([z.boolean(), z.stringbool()])

const selectorsFile = z.object({
  selectors: z
    .array(
      z.object({
        name: z.string(),
        description: z.string().nullish(),
        default: flag.nullish(),
        definition: z.unknown(),
      }),
    )
    .nullish(),
})

const depth = z.union([z.int(), z.string().regex(/^\d*$/, 'must be a whole number')]).nullish()

const methodAndValue = z.strictObject({
  method: z.string(),
  value: z.union([z.string(), z.number(), z.boolean()]),
  childrens_parents: z.boolean().nullish(),
  parents: z.boolean().nullish(),
  parents_depth: depth,
  children: z.boolean().nullish(),
  children_depth: depth,
  indirect_selection: z.enum(INDIRECT_SELECTIONS).nullish(),
})

const mapping = z.record(z.string(), z.unknown())

/**
 * Reads selectors.yml, its templates rendered. `indirectSelection` is that of the command, for criteria that say nothing of it.
 * Throws WW1309 for a file that cannot be read, and WW1301, WW1302 for criteria that cannot be.
 */
export function parseSelectors(
  document: unknown,
  file: string,
  indirectSelection: IndirectSelection,
): Selectors {
  const parsed = selectorsFile.safeParse(document ?? {})
  if (!parsed.success) throw unreadable(file, issueOf(parsed.error))
  const selectors = (parsed.data.selectors ?? []).map((entry) => {
    const reader = new DefinitionReader(file, entry.name, indirectSelection)
    return {
      name: entry.name,
      description: entry.description ?? '',
      isDefault: entry.default ?? false,
      definition: reader.atRoot(entry.definition),
    }
  })
  const defaults = selectors.filter(({ isDefault }) => isDefault)
  if (defaults.length > 1) {
    throw unreadable(file, `${defaults.map(({ name }) => name).join(' and ')} are both the default`)
  }
  const names = new Set<string>()
  // Of two selectors with one name the later counts, as in dbt.
  return selectors
    .toReversed()
    .filter(({ name }) => !names.has(name) && names.add(name))
    .toReversed()
}

class DefinitionReader {
  readonly #file: string
  readonly #name: string
  readonly #indirectSelection: IndirectSelection

  constructor(file: string, name: string, indirectSelection: IndirectSelection) {
    this.#file = file
    this.#name = name
    this.#indirectSelection = indirectSelection
  }

  atRoot(definition: unknown): SelectionSpec {
    const entries = mapping.safeParse(definition).data ?? {}
    if ((entries['union'] ?? entries['intersection']) !== undefined && Object.keys(entries).length > 1) {
      throw this.#wrong(
        `at its root it has ${Object.keys(entries).join(' and ')}, where one must stand alone`,
      )
    }
    return this.#read(definition)
  }

  #read(definition: unknown): SelectionSpec {
    if (typeof definition === 'string') return parseCriterion(definition, this.#indirectSelection)
    const entries = mapping.safeParse(definition).data
    if (entries === undefined || Array.isArray(definition)) {
      throw this.#wrong('a definition is a text, a method and its value, a union or an intersection')
    }
    if (entries['union'] !== undefined) return this.#combination('union', entries['union'])
    if (entries['intersection'] !== undefined)
      return this.#combination('intersection', entries['intersection'])
    return this.#criterion(entries)
  }

  #combination(kind: 'union' | 'intersection', entries: unknown): SelectionSpec {
    const included: SelectionSpec[] = []
    let excluded: SelectionSpec | undefined
    for (const entry of this.#list(kind, entries)) {
      const exclude = mapping.safeParse(entry).data?.['exclude']
      // A method with an exclusion of its own is a part like any other.
      if (exclude === undefined || hasMethod(entry)) included.push(this.#read(entry))
      else if (excluded !== undefined) throw this.#wrong(`its ${kind} has two lists of exclusions`)
      else excluded = this.#exclusions(exclude)
    }
    return difference({ kind, parts: included, indirectSelection: 'eager' }, excluded)
  }

  #criterion(entries: Readonly<Record<string, unknown>>): SelectionSpec {
    const { exclude, ...rest } = entries
    const [only, ...others] = Object.entries(rest)
    const short = only !== undefined && others.length === 0 && exclude === undefined
    const parsed = methodAndValue.safeParse(short ? { method: only[0], value: only[1] } : rest)
    if (!parsed.success) throw this.#wrong(issueOf(parsed.error))
    const given = parsed.data
    const text = `${given.method}:${given.value}`
    const criterion: Criterion = criterionOf({
      text,
      method: given.method,
      value: given.value,
      childrensParents: given.childrens_parents ?? false,
      parents: given.parents ? { depth: depthOf(given.parents_depth) } : undefined,
      children: given.children ? { depth: depthOf(given.children_depth) } : undefined,
      indirectSelection: given.indirect_selection ?? this.#indirectSelection,
    })
    return difference(criterion, exclude === undefined ? undefined : this.#exclusions(exclude))
  }

  #exclusions(entries: unknown): SelectionSpec | undefined {
    const parts = this.#list('exclude', entries).map((entry) => this.#read(entry))
    return parts.length > 1 ? { kind: 'union', parts, indirectSelection: 'eager' } : parts[0]
  }

  #list(key: string, entries: unknown): readonly unknown[] {
    if (Array.isArray(entries)) return entries
    throw this.#wrong(`its ${key} must be a list`)
  }

  #wrong(because: string): WaterworksError {
    return unreadable(this.#file, `in selector ${this.#name}, ${because}`)
  }
}

function difference(from: SelectionSpec, taken: SelectionSpec | undefined): SelectionSpec {
  return taken === undefined ? from : { kind: 'difference', parts: [from, taken], indirectSelection: 'eager' }
}

function hasMethod(entry: unknown): boolean {
  return mapping.safeParse(entry).data?.['method'] !== undefined
}

/** As in dbt, a depth of 0 written as a number is no limit, where "0" is one. */
function depthOf(given: z.infer<typeof depth>): number | undefined {
  return given === undefined || given === null || given === 0 || given === '' ? undefined : Number(given)
}

function issueOf(error: z.ZodError): string {
  const [issue] = error.issues
  const path = issue?.path.map(String).join('.')
  return path ? `${path}: ${issue?.message}` : (issue?.message ?? 'it has another form')
}

function unreadable(file: string, because: string): WaterworksError {
  return new WaterworksError('WW1309', {
    message: `${file} cannot be read: ${because}.`,
  })
}
