import type { Starter } from '../init/make-starter.ts'
import { modelName, pipelineName, type StarterTable } from '../init/starter-table.ts'
import type { Output } from './output.ts'
import { programName } from './program-name.ts'
import { renderTable } from './render-table.ts'
import { sayAmount, sayCount } from './say-number.ts'

export interface WrittenStarter {
  /** The project folder as a person would call it; empty for the current one. */
  readonly folder: string
  /** Files that were there before and are left as they are. */
  readonly left: readonly string[]
}

/** What was found and written, and what to do next. */
export function printStarter({ tables, files }: Starter, written: WrittenStarter, output: Output): void {
  const { paint } = output
  const columns = [
    { title: 'table' },
    { title: 'rows', align: 'right' as const },
    { title: 'columns', align: 'right' as const },
    { title: 'key' },
    { title: 'load' },
  ]
  const rows = tables.map((table) => [
    table.name,
    sayCount(table.rows),
    String(table.columns.length),
    table.key?.columns.join(', ') ?? 'none found',
    table.files === undefined ? 'truncate-reload' : table.key?.strength === 'sure' ? 'merge' : 'append',
  ])
  for (const line of renderTable(columns, rows, { heading: paint.faint, width: output.width }))
    output.print(line)
  for (const { name, rejected } of tables.filter((table) => table.rejected > 0)) {
    output.print(
      paint.warning(`${sayAmount(rejected, 'record')} of ${name} cannot be read and will go to quarantine.`),
    )
  }
  const personal = tables.filter((table) => table.personal.length > 0)
  if (personal.length > 0) {
    const columns = personal.reduce((sum, table) => sum + table.personal.length, 0)
    const names = personal.map((table) => table.name).join(', ')
    output.print(
      paint.warning(
        `${sayAmount(columns, 'column')} of ${names} ${columns === 1 ? 'looks' : 'look'} personal and will be loaded as ${columns === 1 ? 'it is' : 'they are'}: see personal in ${personal.length === 1 ? 'its pipeline' : 'their pipelines'}.`,
      ),
    )
  }
  const where = written.folder === '' ? '' : ` in ${written.folder}`
  output.print(`\nWrote ${sayAmount(files.length - written.left.length, 'file')}${where}.`)
  for (const path of written.left) output.print(`${path} was there already and is left as it is.`)
  if (written.left.includes('.gitignore')) output.print('Let git ignore .waterworks/ and .env.')
  output.print('\nNext:')
  if (written.folder !== '') output.print(`  cd ${quoted(written.folder)}`)
  output.print(`  ${programName()} build`)
  output.print(`  ${programName()} show ${tables[0] === undefined ? 'NAME' : modelName(tables[0])}`)
}

function quoted(folder: string): string {
  return /^[\w./-]+$/.test(folder) ? folder : `'${folder.replaceAll("'", `'\\''`)}'`
}

/** The same as one document. */
export function starterJson(
  { tables, files }: Starter,
  { name, root, left }: { readonly name: string; readonly root: string; readonly left: readonly string[] },
) {
  return {
    name,
    root,
    tables: tables.map((table: StarterTable) => ({
      table: table.name,
      pipeline: pipelineName(table),
      model: modelName(table),
      rows: table.rows,
      rejected: table.rejected,
      key: table.key?.columns ?? [],
      personal: table.personal.map(({ column, kind, share }) => ({ column, kind, share })),
    })),
    files: files.map((file) => file.path).filter((path) => !left.includes(path)),
    left,
  }
}
