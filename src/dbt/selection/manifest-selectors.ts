import { parseCriterion } from './parse-criterion.ts'

type Mapping = Readonly<Record<string, unknown>>

/**
 * selectors.yml as dbt's manifest has it: selectors by name, texts in their definitions taken apart into methods and values, and what
 * they say of selectors before them put in its place. The document must be one that parseSelectors has read.
 */
export function manifestSelectors(document: unknown): Mapping {
  const listed = isMapping(document) ? document['selectors'] : undefined
  const selectors = new Map<string, Mapping>()
  for (const selector of Array.isArray(listed) ? listed.filter(isMapping) : []) {
    const definition = definitionOf(selector['definition'], selectors)
    selectors.set(String(selector['name']), { ...selector, definition })
  }
  return Object.fromEntries(selectors)
}

function definitionOf(definition: unknown, known: ReadonlyMap<string, Mapping>): unknown {
  if (typeof definition === 'string') return takenApart(definition)
  if (!isMapping(definition)) return definition
  const each = (parts: readonly unknown[]) => parts.map((part) => definitionOf(part, known))
  for (const kind of ['union', 'intersection']) {
    const parts = definition[kind]
    if (Array.isArray(parts)) return { [kind]: each(parts) }
  }
  if (definition['method'] === 'selector') {
    return known.get(String(definition['value']))?.['definition'] ?? definition
  }
  const [[key, value] = ['', undefined], ...others] = Object.entries(definition)
  if (key === 'exclude') return { exclude: Array.isArray(value) ? each(value) : value }
  return others.length === 0 ? { method: key, value } : definition
}

/** A term as dbt's dict_from_single_spec takes it apart; depths stay the texts they were written as. */
function takenApart(text: string): Mapping {
  const { method, methodArguments, value, childrensParents, parents, children } = parseCriterion(
    text,
    'eager',
  )
  return {
    ...(childrensParents ? { childrens_parents: true } : {}),
    ...(parents ? { parents: true } : {}),
    ...(parents?.depth === undefined ? {} : { parents_depth: String(parents.depth) }),
    method: [method, ...methodArguments].join('.'),
    value,
    ...(children ? { children: true } : {}),
    ...(children?.depth === undefined ? {} : { children_depth: String(children.depth) }),
  }
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
