import { z } from 'zod'
import type { Ask } from '../tables/table-client.ts'
import type { TableRange } from '../tables/table-dialect.ts'
import { asText, quoteName, quoteTable, quoteText } from './mysql-sql.ts'
import type { MysqlColumn, MysqlTable } from './mysql-table.ts'

const values = z.array(z.string()).min(1)
/** Behind the last row there is. */
const LAST = 'end'

/**
 * Cuts a table into ranges of its key of about `rows` rows each, disjoint and complete at one moment: each begins behind
 * the key that the one before ends with. Tables are kept in the order of their key, so that the next end is found
 * by looking at keys alone. A table without a key, or with one whose order and text may differ, and a view, are one range.
 */
export async function* primaryKeyRanges(
  table: MysqlTable,
  rows: number,
  behind: string | undefined,
  ask: Ask,
): AsyncGenerator<TableRange> {
  if (behind === LAST) return
  const key = keyColumns(table)
  if (key === undefined) {
    yield { condition: undefined, end: LAST }
    return
  }
  const list = key.map(({ name }) => quoteName(name)).join(', ')
  const texts = key.map(keyText).join(', ')
  for (let last = behind === undefined ? undefined : values.parse(JSON.parse(behind)); ; ) {
    const above = last && beyond(key, last, '>')
    const where = above === undefined ? '' : ` where ${above}`
    const [end] = await ask((client) =>
      client.rows(
        `select ${texts} from ${quoteTable(table)}${where} order by ${list} limit 1 offset ${rows - 1}`,
      ),
    )
    const parts = end === undefined ? undefined : values.parse(end)
    if (parts === undefined) {
      yield { condition: above, end: LAST }
      return
    }
    const upTo = beyond(key, parts, '<', '<=')
    yield { condition: above === undefined ? upTo : `${above} and ${upTo}`, end: JSON.stringify(parts) }
    last = parts
  }
}

const ORDERED =
  /^(?:(?:tiny|small|medium|big)?int|decimal|date|datetime|timestamp|char|varchar|binary|varbinary)$/

/** Undefined where a value's text, taken for a value again, would not stand where the value does. */
function keyColumns(table: MysqlTable): readonly MysqlColumn[] | undefined {
  const columns = table.key.map((name) => table.columns.find((column) => column.name === name))
  const known = columns.filter((column) => column !== undefined && ORDERED.test(column.typeWord))
  const isKey = table.isStored && columns.length > 0 && known.length === columns.length
  return isKey ? known.filter((column) => column !== undefined) : undefined
}

function isBinary({ typeWord }: MysqlColumn): boolean {
  return typeWord === 'binary' || typeWord === 'varbinary'
}

function keyText(column: MysqlColumn): string {
  return isBinary(column) ? `hex(${quoteName(column.name)})` : asText(quoteName(column.name))
}

function keyValue(column: MysqlColumn, text: string): string {
  if (isBinary(column)) return `x${quoteText(text)}`
  return /int$|^decimal$/.test(column.typeWord)
    ? `cast(${quoteText(text)} as decimal(65, ${column.scale}))`
    : quoteText(text)
}

/**
 * Rows before or behind a key: `a < 1 or (a = 1 and b <= 2)`. The bound on the first column says the same once more, for
 * the server to find the range by.
 * @param last how the last column compares; as the others unless given
 */
function beyond(
  key: readonly MysqlColumn[],
  texts: readonly string[],
  operator: '<' | '>',
  last: string = operator,
): string {
  const terms = key.map((column, index) => {
    const equal = key
      .slice(0, index)
      .map((own, at) => `${quoteName(own.name)} = ${keyValue(own, texts[at]!)}`)
    const how = index === key.length - 1 ? last : operator
    return [...equal, `${quoteName(column.name)} ${how} ${keyValue(column, texts[index]!)}`].join(' and ')
  })
  const [first] = key
  if (key.length === 1) return terms[0]!
  const bound = `${quoteName(first!.name)} ${operator}= ${keyValue(first!, texts[0]!)}`
  return `${bound} and (${terms.map((term) => `(${term})`).join(' or ')})`
}
