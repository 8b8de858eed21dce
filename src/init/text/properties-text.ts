import { modelName, type StarterColumn, type StarterTable } from '../starter-table.ts'
import { yamlList, yamlText } from './yaml-text.ts'

/** models/staging/schema.yml: what the models are and what must hold of them. */
export function propertiesText(tables: readonly StarterTable[]): string {
  return `# yaml-language-server: $schema=../../.waterworks/schemas/properties.json
version: 2
models:
${tables.map((table) => model(table, tables)).join('\n')}`
}

function model(table: StarterTable, tables: readonly StarterTable[]): string {
  const { key } = table
  const named = (key?.columns ?? []).map((column) => nameOf(table, column))
  const what =
    key === undefined ? `The rows of ${table.source}.${table.name}.` : `One row per ${named.join(' and ')}.`
  const together = named.length < 2 ? [] : ['    tests:', `      - unique: {columns: ${yamlList(named)}}`]
  const columns = table.columns.flatMap((column) => entry(column, table, tables))
  return [
    `  - name: ${modelName(table)}`,
    `    description: ${yamlText(what)}`,
    ...together,
    ...(columns.length === 0 ? [] : ['    columns:', ...columns]),
    '',
  ].join('\n')
}

/** A column that something is said of. */
function entry(
  column: StarterColumn,
  table: StarterTable,
  tables: readonly StarterTable[],
): readonly string[] {
  const tests = testsOf(column, table, tables)
  if (tests.length === 0) return []
  return [
    `      - name: ${yamlText(column.name)}`,
    '        tests:',
    ...tests.map((test) => `          - ${test}`),
  ]
}

const WARN = 'config: {severity: warn}'

function testsOf(
  { profile, checks, references }: StarterColumn,
  { key, columns }: StarterTable,
  tables: readonly StarterTable[],
): readonly string[] {
  const tests: string[] = []
  const isKey = key?.columns.includes(profile.name) ?? false
  const isUnique = isKey && key?.columns.length === 1 && columns.length > 0
  if (isKey) tests.push('not_null')
  else if (checks.notNull) tests.push(`not_null: {${WARN}}`)
  if (isUnique) tests.push(key?.strength === 'sure' ? 'unique' : `unique: {${WARN}}`)
  if (checks.values !== undefined)
    tests.push(`accepted_values: {values: ${yamlList(checks.values)}, ${WARN}}`)
  if (checks.range !== undefined && !checks.range.hard) {
    const max = checks.range.max === undefined ? '' : `, max: ${checks.range.max}`
    tests.push(`accepted_range: {min: ${checks.range.min}${max}, ${WARN}}`)
  }
  const target = tables.find(({ name }) => name === references?.table)
  if (references !== undefined && target !== undefined) {
    const field = yamlText(nameOf(target, references.column))
    tests.push(`relationships: {to: ref('${modelName(target)}'), field: ${field}, ${WARN}}`)
  }
  return tests
}

function nameOf({ columns }: StarterTable, column: string): string {
  return columns.find(({ profile }) => profile.name === column)?.name ?? column
}
