import { hash } from 'node:crypto'
import type { ManifestUnitTest, UnitTestRows } from '../manifest/manifest-unit-test.ts'
import { pythonRepr, pythonStr } from '../python-text.ts'

const FORMATS: Readonly<Record<UnitTestRows['format'], string>> = {
  csv: "<UnitTestFormat.CSV: 'csv'>",
  dict: "<UnitTestFormat.Dict: 'dict'>",
  sql: "<UnitTestFormat.SQL: 'sql'>",
}

/**
 * dbt's checksum of a unit test, by which state is compared: over the texts that Python has for its parts, as dbt-core's
 * UnitTestDefinition puts them together.
 */
export function unitTestChecksum({
  model,
  versions,
  given,
  expect,
  overrides,
}: Pick<ManifestUnitTest, 'model' | 'versions' | 'given' | 'expect' | 'overrides'>): string {
  const inputs = given.map((input) =>
    object('UnitTestInputFixture', { input: pythonRepr(input.input), ...rowsOf(input) }),
  )
  const parts = [
    model,
    versions ? object('UnitTestNodeVersions', texts(versions, ['include', 'exclude'])) : 'None',
    `[${inputs.join(', ')}]`,
    object('UnitTestOutputFixture', rowsOf(expect)),
    overrides ? object('UnitTestOverrides', texts(overrides, ['macros', 'vars', 'env_vars'])) : 'None',
    // What a fixture's file holds counts once more, without quotes around a text.
    ...given.flatMap(({ fixture, rows }) => (fixture ? [pythonStr(rows)] : [])),
  ]
  return hash('sha256', parts.join('-'))
}

function rowsOf({ rows, format, fixture }: UnitTestRows): Readonly<Record<string, string>> {
  return { rows: pythonRepr(rows), format: FORMATS[format], fixture: pythonRepr(fixture) }
}

function texts(values: object, keys: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(keys.map((key) => [key, pythonRepr(Reflect.get(values, key))]))
}

/** A dataclass as Python prints it, of fields that are Python's texts already. */
function object(name: string, fields: Readonly<Record<string, string>>): string {
  const listed = Object.entries(fields).map(([key, text]) => `${key}=${text}`)
  return `${name}(${listed.join(', ')})`
}
