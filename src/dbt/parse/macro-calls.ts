/** A call in a template, as far as its name tells: `star(…)`, `dbt_utils.star(…)`. */
export interface MacroCall {
  readonly namespace: string | undefined
  readonly name: string
}

const code = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}|\{#[\s\S]*?#\}/g
const literal = /'[^'\\]*(?:\\.[^'\\]*)*'|"[^"\\]*(?:\\.[^"\\]*)*"/g
/** A name before a parenthesis, where it is no attribute and no filter. */
const call = /(?<![\w.'"]|\|\s*)([A-Za-z_]\w*)(?:\.([A-Za-z_]\w*))?\s*\(/g
const dispatched =
  /adapter\s*\.\s*dispatch\s*\(\s*(?:macro_name\s*=\s*)?(['"])(\w+)\1\s*(?:,\s*(?:macro_namespace\s*=\s*)?(?:(['"])(\w+)\3)?)?/g

/** The names that a text calls inside its templates, each once. */
export function readMacroCalls(text: string): readonly MacroCall[] {
  const calls = new Map<string, MacroCall>()
  for (const [block] of text.matchAll(code)) {
    if (block.startsWith('{#')) continue
    for (const [, first, second] of block.replace(literal, "''").matchAll(call)) {
      const found =
        second === undefined ? { namespace: undefined, name: first! } : { namespace: first!, name: second }
      calls.set(`${found.namespace ?? ''}.${found.name}`, found)
    }
  }
  return [...calls.values()]
}

/** What a text hands to adapter.dispatch(), as far as it is written out. */
export function readDispatches(text: string): readonly MacroCall[] {
  return [...text.matchAll(dispatched)].map(([, , name, , namespace]) => ({ namespace, name: name! }))
}
