import { WaterworksError } from '../../errors/waterworks-error.ts'
import { jsonString } from '../json/json-scanner.ts'
import { NestedTable, NestedValue } from './nested-shape.ts'
import { NestedWalker } from './nested-walker.ts'
import { type Nesting, nestedAs } from './nesting.ts'

/** More than any table has that people made: records whose keys are data would make as many columns as there are of those. */
const MOST_COLUMNS = 1000
/** As many lists of their own kind, likewise. */
const MOST_TABLES = 200

/** What nested columns of records are made of, found by walking every value of them. */
export interface NestedOutline {
  /** The rows themselves, then the tables of lists, each after the one it is in. */
  readonly tables: readonly NestedTable[]
  /** What each nested column is, in their order. */
  readonly columns: readonly NestedValue[]
}

/**
 * Finds the columns, types and tables that nested values come to. Throws WW4452 when those are too many to be meant.
 * @param values the texts of each record's nested columns, in the order of `columns`
 */
export async function outlineNested(
  columns: readonly string[],
  nesting: Nesting,
  values: AsyncIterable<readonly (string | undefined)[]>,
): Promise<NestedOutline> {
  const root = new NestedTable([], undefined, nesting.as, 0)
  const tables = new Set([root])
  const outline = columns.map((name) => {
    const as = nestedAs(nesting, [name], nesting.as)
    return new NestedValue(root, [name], [name], as, 0)
  })
  const walker = new NestedWalker(nesting, {
    cell(value, kind, text) {
      value.kind.add(kind, kind === 'string' ? jsonString(text) : text)
      if (value.column >= 0) return
      value.column = value.table.columns.length
      value.table.columns.push(value)
      if (value.column >= MOST_COLUMNS) throw tooMany(value.path.slice(0, -1), `${MOST_COLUMNS} columns`)
    },
    begin(table) {
      tables.add(table)
      if (tables.size > MOST_TABLES) throw tooMany(table.path.slice(0, -1), `${MOST_TABLES} tables`)
    },
    end: () => undefined,
    defect: () => undefined,
  })
  for await (const texts of values) {
    for (const [index, text] of texts.entries()) if (text !== undefined) walker.walk(outline[index]!, text)
  }
  return { tables: [...tables], columns: outline }
}

function tooMany(path: readonly string[], what: string): WaterworksError {
  return new WaterworksError('WW4452', {
    message: `the values of ${path.join('.') || 'the records'} would become more than ${what}`,
  })
}
