/** What ref(), source() or function() names, before it is looked up. */
export type Reference =
  | {
      readonly kind: 'ref'
      readonly package: string | undefined
      readonly model: string
      readonly version?: string | number
    }
  | { readonly kind: 'source'; readonly source: string; readonly table: string }
  | { readonly kind: 'function'; readonly package: string | undefined; readonly function: string }

const call =
  /^\s*(?:\{\{)?\s*(ref|source)\s*\(\s*(?:'([^']*)'|"([^"]*)")\s*(?:,\s*(?:'([^']*)'|"([^"]*)")\s*)?\)\s*(?:\}\})?\s*$/

/** Reads a call written as text in a YAML file: `ref('orders')`, `source('shop', 'orders')`, with braces or without. */
export function parseReference(text: string): Reference | undefined {
  const match = call.exec(text)
  if (!match) return undefined
  const [first, second] = [match[2] ?? match[3]!, match[4] ?? match[5]]
  if (match[1] === 'source') {
    return second === undefined ? undefined : { kind: 'source', source: first, table: second }
  }
  return second === undefined
    ? { kind: 'ref', package: undefined, model: first }
    : { kind: 'ref', package: first, model: second }
}

/** The call as a person writes it. */
export function printReference(reference: Reference): string {
  if (reference.kind === 'source') return `source('${reference.source}', '${reference.table}')`
  if (reference.kind === 'function') {
    const { package: from, function: called } = reference
    return from === undefined ? `function('${called}')` : `function('${from}', '${called}')`
  }
  const { package: name, model, version } = reference
  const names = name === undefined ? `'${model}'` : `'${name}', '${model}'`
  return version === undefined ? `ref(${names})` : `ref(${names}, v=${JSON.stringify(version)})`
}

/** The last part of what is named: that of the model, table or function. */
export function referredName(reference: Reference): string {
  switch (reference.kind) {
    case 'ref':
      return reference.model
    case 'source':
      return reference.table
    case 'function':
      return reference.function
  }
}
