import { logicalTypeName } from '../../batch/logical-type-name.ts'
import { pipelineName, type StarterColumn, type StarterFiles, type StarterTable } from '../starter-table.ts'
import { personalText } from './personal-text.ts'
import { yamlOwn, yamlOwnList, yamlText } from './yaml-text.ts'

/** pipelines/<name>.yml: files to a raw table, with the gates that its nature asks for. */
export function pipelineText(table: StarterTable): string {
  const { key, source, name } = table
  const files = filesOf(table)
  const merge = key?.strength === 'sure'
  const preLoad = rowGates(table)
  return lines(
    '# yaml-language-server: $schema=../.waterworks/schemas/pipeline.json',
    'pipeline:',
    `  name: ${pipelineName(table)}`,
    `  description: ${yamlOwn(describe(table))}`,
    '  extract:',
    `    source_system: ${yamlText(source)}`,
    `    table: ${yamlText(name)}`,
    files.paths.length === 1
      ? `    files: ${yamlOwn(files.paths[0]!)}`
      : ['    files:', ...files.paths.map((path) => `      - ${yamlOwn(path)}`)],
    files.encoding === undefined ? [] : `    encoding: ${files.encoding}`,
    declared(table),
    personalText(table.personal, '    '),
    renamed(table),
    '  load:',
    merge
      ? ['    # A row that comes again with the same key replaces the one before.', '    strategy: merge']
      : ['    # Every file is taken once, by its content, and its rows are added.', '    strategy: append'],
    merge ? `    merge_keys: ${yamlOwnList(key.columns)}` : [],
    gates(preLoad, table),
    '  error_handling:',
    '    # Rows that cannot be loaded go to quarantine; the others are loaded.',
    '    strategy: dead-letter',
  )
}

function filesOf({ files, name }: StarterTable): StarterFiles {
  if (files === undefined) throw new TypeError(`${name} is not filled from files`)
  return files
}

function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function describe(table: StarterTable): string {
  const { key } = table
  const files = filesOf(table)
  const from = files.paths.length === 1 ? basename(files.paths[0]!) : `${files.paths.length} files`
  return key === undefined ? `Rows of ${from}.` : `One row per ${key.columns.join(' and ')}, from ${from}.`
}

function declared(table: StarterTable): readonly string[] {
  const types = Object.entries(filesOf(table).columns)
  if (types.length === 0) return []
  return [
    '    columns:',
    ...types.map(([column, type]) => `      ${yamlText(column)}: ${logicalTypeName(type)}`),
  ]
}

/** Names that loading needs for itself. */
function renamed({ columns }: StarterTable): readonly string[] {
  const others = columns.filter(({ profile, raw }) => raw !== profile.name)
  if (others.length === 0) return []
  const names = others.map(({ profile, raw }) => `${yamlText(profile.name)}: ${raw}`)
  const stage = ['  transform:', '    stages:', '      - name: clean', '        operations:']
  return [...stage, `          - rename: {${names.join(', ')}}`]
}

/** Checks of single rows: those that fail are quarantined. */
function rowGates({ columns, key }: StarterTable): readonly string[] {
  const notNull = key === undefined ? [] : [`      - not_null: ${yamlOwnList(key.columns)}`]
  return [...notNull, ...columns.flatMap(rowGate)]
}

function rowGate({ profile, raw, checks }: StarterColumn): readonly string[] {
  const column = yamlOwn(raw)
  const found: string[] = []
  if (profile.dateFormat !== undefined) {
    found.push(`      - matches: {column: ${column}, pattern: ${yamlOwn(profile.dateFormat.shape)}}`)
  }
  if (checks.range?.hard) {
    const { min, max } = checks.range
    found.push(`      - accepted_range: {column: ${column}, min: ${min}, max: ${max}}`)
  }
  return found
}

function gates(preLoad: readonly string[], { key, rows }: StarterTable): readonly string[] {
  const unique =
    key === undefined || key.strength !== 'sure'
      ? []
      : [`      - unique: ${key.columns.length === 1 ? yamlOwn(key.columns[0]!) : yamlOwnList(key.columns)}`]
  const postLoad = [...unique, ...(rows > 0 ? ['      - row_count: {min: 1}'] : [])]
  if (preLoad.length + postLoad.length === 0) return []
  return [
    '  quality_gates:',
    ...(preLoad.length === 0 ? [] : ['    pre_load:', ...preLoad]),
    ...(postLoad.length === 0 ? [] : ['    post_load:', ...postLoad]),
  ]
}

function lines(...parts: readonly (string | readonly string[])[]): string {
  return `${parts.flat().join('\n')}\n`
}
