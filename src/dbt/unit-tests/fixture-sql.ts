import type { Dialect } from '../../engines/dialect.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { fromHost } from '../../jinja/values/convert.ts'
import { reprOf, textOf } from '../../jinja/values/text.ts'
import type { CatalogColumn } from '../adapter/adapter-connection.ts'
import { ColumnValue } from '../context/column-value.ts'
import type { RelationEngine } from '../context/relation-facts.ts'
import type { FixtureRow } from './fixture.ts'

export interface FixtureDialect extends Pick<Dialect, 'identifier' | 'literal'> {
  readonly type: RelationEngine
}

/**
 * A query that gives these rows with the columns and types of the relation they stand for; columns that a row does not
 * have are NULL. Throws WW2302 for a column that the relation does not have.
 */
export function inputSql(
  rows: readonly FixtureRow[],
  name: string,
  columns: readonly CatalogColumn[],
  dialect: FixtureDialect,
): string {
  const named = (values: readonly string[]) =>
    values.map((value, index) => `${value} as ${dialect.identifier(columns[index]!.name)}`)
  const defaults = columns.map((column) => `cast(null as ${storedType(column, dialect)})`)
  const head = `\n-- Fixture for ${name}\n`
  if (rows.length === 0) return `${head}select ${named(defaults).join(', ')}\n    limit 0`
  const selects = rows.map((row) => {
    const values = valuesOf(row, columns, `'${name}'`, dialect)
    return `select ${named(columns.map((column, index) => values.get(column) ?? defaults[index]!)).join(', ')}`
  })
  return head + selects.join('\nunion all\n')
}

/**
 * A query that gives the rows that are expected, with the columns of the first of them and the types of the model's own.
 * Throws WW2302 for a column that the model does not have, WW2303 when rows do not have the same columns.
 */
export function expectedSql(
  rows: readonly FixtureRow[],
  columns: readonly CatalogColumn[],
  dialect: FixtureDialect,
): string {
  const [first] = rows
  if (first === undefined) return 'select * from dbt_internal_unit_test_actual\n    limit 0'
  const wanted = [...valuesOf(first, columns, 'expected output', dialect).keys()]
  const selects = rows.map((row, index) => {
    const values = valuesOf(row, columns, 'expected output', dialect)
    if (values.size !== wanted.length || wanted.some((column) => !values.has(column))) {
      const names = wanted.map((column) => column.name).join(', ')
      throw new WaterworksError('WW2303', {
        message: `row ${index + 1} of what the unit test expects does not have the columns of the first one: ${names}`,
      })
    }
    const texts = wanted.map((column) => `${values.get(column)} as ${dialect.identifier(column.name)}`)
    return `select ${texts.join(', ')}`
  })
  return selects.join('\nunion all\n')
}

/** The columns that rows are compared by: those of the first row. Names are matched without regard to case. */
export function comparedColumns(
  rows: readonly FixtureRow[],
  columns: readonly CatalogColumn[],
): readonly CatalogColumn[] {
  const [first] = rows
  return first === undefined ? columns : [...namedColumns(first, columns, 'expected output').keys()]
}

/** The row's values as SQL by column, in the row's order. */
function valuesOf(
  row: FixtureRow,
  columns: readonly CatalogColumn[],
  whose: string,
  dialect: FixtureDialect,
): ReadonlyMap<CatalogColumn, string> {
  const values = new Map<CatalogColumn, string>()
  for (const [column, value] of namedColumns(row, columns, whose)) {
    // dbt's safe_cast leaves this space around what it writes; compiled files are to be the same text.
    values.set(
      column,
      `\n    \n    cast(${valueSql(value, dialect)} as ${givenType(column, value, dialect)})\n`,
    )
  }
  return values
}

function namedColumns(
  row: FixtureRow,
  columns: readonly CatalogColumn[],
  whose: string,
): ReadonlyMap<CatalogColumn, unknown> {
  const byName = new Map(columns.map((column) => [column.name.toLowerCase(), column]))
  return new Map(
    Object.entries(row).map(([name, value]) => {
      const column = byName.get(name.toLowerCase())
      if (column !== undefined) return [column, value]
      throw new WaterworksError('WW2302', {
        message: `there is no column ${name} for the unit test's ${whose}`,
        hint: `The columns are ${columns.map((each) => each.name).join(', ')}.`,
      })
    }),
  )
}

/** A text is quoted; everything else is written as Python would print it, as dbt does. */
function valueSql(value: unknown, dialect: FixtureDialect): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'string') return dialect.literal(value)
  if (typeof value === 'object' && !(value instanceof Date)) return reprOf(fromHost(value))
  if (value instanceof Date) return dialect.literal(value.toISOString())
  return textOf(value)
}

/** A text that is longer than its column may be must not be cut: what was given is what is compared. */
function givenType(column: CatalogColumn, value: unknown, dialect: FixtureDialect): string {
  const type = storedType(column, dialect)
  return typeof value === 'string' && type.includes('varying') ? type.replace(/\(.*/, '') : type
}

/** The type that a table would have. DuckDB describes a bare NULL as having none, and makes an INTEGER of it in a table. */
function storedType(column: CatalogColumn, dialect: FixtureDialect): string {
  return column.dataType === '"NULL"' ? 'INTEGER' : new ColumnValue(dialect.type, column).dataType
}
