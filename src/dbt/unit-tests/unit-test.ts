import { WaterworksError } from '../../errors/waterworks-error.ts'
import { fromHost } from '../../jinja/values/convert.ts'
import { textOf } from '../../jinja/values/text.ts'
import type { AdapterConnection, CatalogColumn, StatementResult } from '../adapter/adapter-connection.ts'
import { type CompiledNode, compiledNode } from '../artifacts/compiled-node.ts'
import { type Cte, injectCtes } from '../inject-ctes.ts'
import type { ManifestModel } from '../manifest/manifest-node.ts'
import type { ManifestUnitTest } from '../manifest/manifest-unit-test.ts'
import type { Reference } from '../reference.ts'
import { type Cells, compareRows } from './compare-rows.ts'
import { fixtureOf } from './fixture.ts'
import { comparedColumns, expectedSql, type FixtureDialect, inputSql } from './fixture-sql.ts'
import { renderDifference } from './render-difference.ts'
import { type InputTarget, noInputFor, type UnitTestInput, unitTestInputs } from './unit-test-inputs.ts'
import { SIDE_COLUMN, unitTestSql } from './unit-test-sql.ts'

/** What the names of a model's template mean in a unit test; everything else means what it always does. */
export interface UnitTestView {
  /**
   * The CTE that stands for what ref() or source() names; a function is itself, without one. Throws WW2305 when no rows are given for
   * what has some.
   */
  resolve(reference: Reference): { readonly cte: string | undefined; readonly target: InputTarget }
  /** What `this` prints: the CTE of the input of that name; undefined when there is none. */
  readonly thisCte: string | undefined
  /** Macros by name (`is_incremental`, `dbt_utils.star`) with what they give, whatever they are called with. */
  readonly macros: Readonly<Record<string, unknown>>
  readonly vars: Readonly<Record<string, unknown>>
  readonly envVars: Readonly<Record<string, unknown>>
}

export interface UnitTestSetting {
  readonly connection: AdapterConnection
  readonly dialect: FixtureDialect
  /** What ref() or source() of the model means in the project. */
  lookUp(reference: Reference): InputTarget | undefined
  /** Renders the model's code with these meanings. CTEs are left to be put before it. */
  render(model: ManifestModel, view: UnitTestView): Promise<string>
  /** The query of an ephemeral model, as it compiles outside of the test: its columns are told by it. */
  compileEphemeral(model: ManifestModel): Promise<string>
}

export interface UnitTestOutcome {
  readonly status: 'pass' | 'fail'
  readonly failures: 0 | 1
  /** How the rows differ, for people; null when they do not. */
  readonly message: string | null
  readonly compiled: CompiledNode
  /** What was sent to the warehouse. */
  readonly sql: string
  readonly result: StatementResult
}

/**
 * Runs a unit test: the model's query over rows that the test gives instead of what the model reads, compared with the
 * rows that it expects. Nothing is written. Throws WW2301 to WW2306 for a test that cannot be run.
 */
export async function runUnitTest(
  test: ManifestUnitTest,
  model: ManifestModel,
  setting: UnitTestSetting,
): Promise<UnitTestOutcome> {
  const { connection, dialect } = setting
  const inputs = unitTestInputs(test, model, setting.lookUp)
  const used = new Set(inputs.filter((input) => input.isThis))
  const code = await setting.render(model, viewOf(test, inputs, used, setting))
  // One after another: when one fails, nothing may still be running on the connection.
  const ctes: Cte[] = []
  for (const input of used) ctes.push(await cteOf(input, test, setting))
  const compiled = compiledNode(injectCtes(code, ctes), ctes)
  const columns = await connection.describe(compiled.code)
  const expected = fixtureOf(test.expect, `what unit test ${test.name} expects`)
  const compared = expected.kind === 'sql' ? columns : comparedColumns(expected.rows, columns)
  const expectedText = expected.kind === 'sql' ? expected.sql : expectedSql(expected.rows, columns, dialect)
  const names = compared.map((column) => column.name)
  const sql = unitTestSql(compiled.code, expectedText, names, dialect)
  const result = await connection.execute(sql)
  const difference = compareRows(rowsOf(result, 'expected'), rowsOf(result, 'actual'))
  return {
    status: difference === undefined ? 'pass' : 'fail',
    failures: difference === undefined ? 0 : 1,
    message: difference === undefined ? null : renderDifference(names, difference),
    compiled,
    sql,
    result,
  }
}

function viewOf(
  test: ManifestUnitTest,
  inputs: readonly UnitTestInput[],
  used: Set<UnitTestInput>,
  { lookUp }: UnitTestSetting,
): UnitTestView {
  const others = new Map(
    inputs.filter((input) => !input.isThis).map((input) => [input.target.unique_id, input]),
  )
  return {
    resolve(reference) {
      const target = lookUp(reference)
      if (target?.resource_type === 'function') return { cte: undefined, target }
      const input = target && others.get(target.unique_id)
      if (input === undefined) throw noInputFor(reference, test)
      used.add(input)
      return { cte: input.cte, target: input.target }
    },
    thisCte: inputs.find((input) => input.isThis)?.cte,
    macros: test.overrides?.macros ?? {},
    vars: test.overrides?.vars ?? {},
    envVars: test.overrides?.env_vars ?? {},
  }
}

async function cteOf(
  { target, cte, fixture }: UnitTestInput,
  test: ManifestUnitTest,
  setting: UnitTestSetting,
): Promise<Cte> {
  const id = target.unique_id
  if (fixture.kind === 'sql') return { id, name: cte, sql: fixture.sql }
  const columns = await columnsOf(target, test, setting)
  return { id, name: cte, sql: inputSql(fixture.rows, target.name, columns, setting.dialect) }
}

async function columnsOf(
  target: InputTarget,
  test: ManifestUnitTest,
  { connection, compileEphemeral }: UnitTestSetting,
): Promise<readonly CatalogColumn[]> {
  if (target.resource_type === 'model' && target.config['materialized'] === 'ephemeral') {
    return connection.describe(await compileEphemeral(target))
  }
  const { database, schema } = target
  const identifier = target.resource_type === 'source' ? target.identifier : target.alias
  const columns = await connection.columns({ database, schema, identifier })
  if (columns.length > 0) return columns
  throw new WaterworksError('WW2306', {
    message: `unit test ${test.name} needs the columns of ${schema}.${identifier}, which does not exist`,
    hint:
      target.resource_type === 'source'
        ? 'Load it, or give its rows with format: sql.'
        : `Build it first, if only with no rows: \`build --empty --select ${target.name}\`. Or give its rows with format: sql.`,
  })
}

/** One side's rows as they are compared: as texts, for both sides of a column have one type. */
function rowsOf({ columns, rows }: StatementResult, side: 'actual' | 'expected'): readonly Cells[] {
  const at = columns.findIndex((column) => column.name.toLowerCase() === SIDE_COLUMN)
  return rows
    .filter((row) => textOf(fromHost(row[at])) === side)
    .map((row) => row.toSpliced(at, 1).map((value) => (value === null ? null : textOf(fromHost(value)))))
}
