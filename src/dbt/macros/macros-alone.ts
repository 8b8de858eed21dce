import type { MacroFile } from './macro-entry.ts'
import { scanBlocks } from './scan-blocks.ts'

const known = new WeakMap<MacroFile, string>()

/**
 * A file of macros without what stands between its blocks, which dbt never renders, so that it may be anything. Every block
 * stays where it is in the file.
 */
export function macrosAlone(file: MacroFile): string {
  const made = known.get(file) ?? blocksOf(file.text)
  known.set(file, made)
  return made
}

function blocksOf(text: string): string {
  let kept = ''
  for (const { start, end } of scanBlocks(text)) {
    kept += blank(text.slice(kept.length, start)) + text.slice(start, end)
  }
  return kept + blank(text.slice(kept.length))
}

function blank(text: string): string {
  return text.includes('{') ? text.replaceAll(/[^\n]/g, ' ') : text
}
