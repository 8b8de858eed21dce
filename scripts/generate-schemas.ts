/** Writes `schemas/*.json` from the schemas of the parser. With `--check` it fails when a file is not what they say. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { schemaFiles } from '../src/project/schema/schema-files.ts'
import { toJsonSchema } from '../src/project/schema/to-json-schema.ts'

const folder = new URL('../schemas/', import.meta.url)
mkdirSync(folder, { recursive: true })
for (const [name, file] of Object.entries(schemaFiles)) {
  const path = new URL(`${name}.json`, folder)
  const text = `${JSON.stringify(toJsonSchema(file), null, 2)}\n`
  if (!process.argv.includes('--check')) {
    writeFileSync(path, text)
  } else if (readFileSync(path, 'utf8') !== text) {
    console.error(`schemas/${name}.json is not what the source says: run \`npm run docs\``)
    process.exitCode = 1
  }
}
