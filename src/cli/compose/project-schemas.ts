import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SCHEMA_NAMES, schemaText } from '../schema-text.ts'
import { version } from '../version.ts'

/**
 * Keeps the schemas that the project's files name in their first line in `.waterworks/schemas`, as this version has them,
 * so that editors complete and check what this version reads. Costs one small read when nothing has changed.
 */
export function keepProjectSchemas(home: string): void {
  const folder = join(home, 'schemas')
  const mark = join(folder, 'version')
  if (read(mark) === version()) return
  mkdirSync(folder, { recursive: true })
  for (const name of SCHEMA_NAMES) writeFileSync(join(folder, `${name}.json`), schemaText(name))
  writeFileSync(mark, version())
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
