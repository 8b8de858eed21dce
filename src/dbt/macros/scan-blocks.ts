/** A block of a file of macros, found without compiling the file. */
export interface ScannedBlock {
  readonly tag: 'macro' | 'test' | 'materialization' | 'snapshot' | 'docs'
  /** As written: `unique` of `{% test unique(…) %}`. */
  readonly name: string
  /** What a macro is called by: `test_unique`, `materialization_table_duckdb`. */
  readonly macroName: string
  /** Offset of the word that says what kind of block it is. */
  readonly at: number
  /** Offsets of the whole block, tags included. */
  readonly start: number
  readonly end: number
}

const opening =
  /\{#|\{%[-+]?\s*(?:(raw)\b|(end)?(macro|test|data_test|materialization|snapshot|docs)\b\s*([A-Za-z_]\w*)?)/g
const endOfRaw = /\{%[-+]?\s*endraw\s*[-+]?%\}/g
const adapterOption = /\badapter\s*=\s*(?:'([^']*)'|"([^"]*)")/

/**
 * Finds the top-level blocks of a file: macros and what dbt's templates have beside them. Comments and raw blocks are stepped
 * over. A block that is not closed ends with the file: compiling it tells what is wrong.
 */
export function scanBlocks(text: string): readonly ScannedBlock[] {
  const blocks: ScannedBlock[] = []
  let at = 0
  while (at < text.length) {
    opening.lastIndex = at
    const match = opening.exec(text)
    if (!match) break
    const [found, raw, end, tag, name] = match
    if (found === '{#') at = after(text, '#}', match.index)
    else if (raw !== undefined) at = afterMatch(text, endOfRaw, opening.lastIndex)
    else if (end !== undefined || tag === undefined || name === undefined) at = opening.lastIndex
    else {
      const stop = endOfBlock(text, tag, opening.lastIndex)
      const header = text.slice(match.index, after(text, '%}', match.index))
      blocks.push({
        tag: tagOf(tag),
        name,
        macroName: macroNameOf(tag, name, header),
        at: match.index + found.indexOf(tag),
        start: match.index,
        end: stop,
      })
      at = stop
    }
  }
  return blocks
}

function tagOf(tag: string): ScannedBlock['tag'] {
  switch (tag) {
    case 'materialization':
    case 'snapshot':
    case 'docs':
    case 'macro':
      return tag
    default:
      return 'test'
  }
}

function macroNameOf(tag: string, name: string, header: string): string {
  if (tag === 'test' || tag === 'data_test') return `test_${name}`
  if (tag !== 'materialization') return name
  const adapter = adapterOption.exec(header)
  return `materialization_${name}_${adapter?.[1] ?? adapter?.[2] ?? 'default'}`
}

/** The offset after the end tag that closes a block; blocks of the same kind may stand within one another. */
function endOfBlock(text: string, tag: string, from: number): number {
  const isText = tag === 'docs' || tag === 'snapshot'
  const pattern = isText
    ? new RegExp(`\\{%[-+]?\\s*(end)${tag}\\s*[-+]?%\\}`, 'g')
    : new RegExp(`\\{#|\\{%[-+]?\\s*(?:(raw)\\b|(end)?${tag}\\b[^%]*%\\})`, 'g')
  let depth = 1
  pattern.lastIndex = from
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    if (isText) return pattern.lastIndex
    const [found, raw, end] = match
    if (found === '{#') pattern.lastIndex = after(text, '#}', match.index)
    else if (raw !== undefined) pattern.lastIndex = afterMatch(text, endOfRaw, pattern.lastIndex)
    else if (end === undefined) depth++
    else if (--depth === 0) return pattern.lastIndex
  }
  return text.length
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from)
  return at < 0 ? text.length : at + mark.length
}

function afterMatch(text: string, pattern: RegExp, from: number): number {
  pattern.lastIndex = from
  return pattern.exec(text) ? pattern.lastIndex : text.length
}
