/**
 * Writes the documentation pages that follow from the source. With `--check` it fails when a page is not what the
 * source says.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { commandLinePage, commandPages } from './docs/command-line-page.ts'
import { dbtFlagsPage } from './docs/dbt-flags-page.ts'
import { errorsPage } from './docs/errors-page.ts'
import { expectationsPage } from './docs/expectations-page.ts'
import { pipelinesPage } from './docs/pipelines-page.ts'
import { projectPage } from './docs/project-page.ts'
import { stagesPage } from './docs/stages-page.ts'

const pages: Readonly<Record<string, string>> = {
  'dbt-flags.md': dbtFlagsPage(),
  'errors.md': errorsPage(),
  'expectations.md': expectationsPage(),
  'project.md': projectPage(),
  'pipelines.md': pipelinesPage(),
  'stages.md': stagesPage(),
  'command-line.md': await commandLinePage(),
  ...(await commandPages()),
}

mkdirSync(new URL('../docs/commands', import.meta.url), { recursive: true })
for (const name of readdirSync(new URL('../docs/commands', import.meta.url))) {
  if (pages[`commands/${name}`] !== undefined) continue
  console.error(`docs/commands/${name} is of no command: remove it`)
  process.exitCode = 1
}
for (const [name, text] of Object.entries(pages)) {
  const path = new URL(`../docs/${name}`, import.meta.url)
  if (!process.argv.includes('--check')) {
    writeFileSync(path, text)
  } else if (!existsSync(path) || readFileSync(path, 'utf8') !== text) {
    console.error(`docs/${name} is not what the source says: run \`npm run docs\``)
    process.exitCode = 1
  }
}
