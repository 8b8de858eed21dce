import type { NameStyle } from './name-style.ts'
import { shortenName } from './shorten-name.ts'
import { snakeName } from './snake-name.ts'

/** What stands between the levels of a nested name. */
export const LEVEL = '__'

/** The column that a value of a source becomes: the keys that lead to it, from the outermost, each by the style. */
export function columnName(path: readonly string[], style: NameStyle): string {
  return shortenName(path.map((key) => (style === 'snake_case' ? snakeName(key) : key)).join(LEVEL))
}
