import { LEVEL } from './column-name.ts'
import type { NameStyle } from './name-style.ts'
import { shortenName } from './shorten-name.ts'
import { snakeName } from './snake-name.ts'

/** What the table of a list is called: the name of the table that its rows came with, and the keys that lead to it. */
export function childName(table: string, path: readonly string[], style: NameStyle): string {
  const keys = path.map((key) => (style === 'snake_case' ? snakeName(key) : key))
  return shortenName([table, ...keys].join(LEVEL))
}
