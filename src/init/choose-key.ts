import type { ColumnProfile, TableProfile } from './profile/table-profile.ts'
import { isReserved } from './reserved-column.ts'
import { snakeCase } from './snake-case.ts'

/** The columns that say which row is which, and whether that is sure enough to merge rows by. */
export interface Key {
  readonly columns: readonly string[]
  readonly strength: 'sure' | 'likely'
}

/** From this score on a column is named like a key, and may be one even where files repeat it. */
const SURE = 60
const LIKELY = 40
/** In a smaller table columns are unique by chance. */
const FEWEST_ROWS = 20

/** The key that a table most likely has, or undefined. Nothing is a key that the data contradict. */
export function chooseKey(table: string, profile: TableProfile): Key | undefined {
  const [best] = keyCandidates(table, profile)
  if (best !== undefined) return best
  const [pair] = profile.pairs
  return pair && { columns: pair, strength: 'sure' }
}

/** Every single column that may be the key, the likeliest first. */
export function keyCandidates(table: string, { columns, rows }: TableProfile): readonly Key[] {
  return columns
    .map((column, index) => ({ column, score: score(column, index, table) }))
    .filter(({ column, score: points }) => column.unique || (column.uniqueInEachFile && points >= SURE))
    .filter(({ score: points }) => points >= SURE || (points >= LIKELY && rows >= FEWEST_ROWS))
    .toSorted((a, b) => b.score - a.score)
    .map(({ column, score: points }) => ({
      columns: [column.name],
      strength: points >= SURE ? ('sure' as const) : ('likely' as const),
    }))
}

function score({ name, type, longest }: ColumnProfile, index: number, table: string): number {
  const snake = snakeCase(name, '')
  const first = index === 0 ? 15 : 0
  if (isReserved(name) || (longest !== undefined && longest > 100)) return 0
  if (['id', `${table}_id`, `${singular(table)}_id`].includes(snake)) return 100
  if (/(?:^|_)(?:id|uuid|guid|key|code|number|no|nr|sku|iata|icao|isbn|email|zip_code)$/.test(snake))
    return SURE + first
  if (/^(?:date|timestamp)/.test(type.kind) || /^(?:date|day|month|year|time|timestamp)$/.test(snake))
    return 45 + first
  if (/^(?:name|title|symbol|slug|login|username|country|state|city)$/.test(snake)) return 30 + first
  return type.kind === 'text' || /int/.test(type.kind) ? 10 + first : 0
}

/** Good enough for `orders`, `companies` and `addresses`. */
export function singular(word: string): string {
  return word
    .replace(/ies$/, 'y')
    .replace(/(ss|x|ch|sh)es$/, '$1')
    .replace(/([^s])s$/, '$1')
}
