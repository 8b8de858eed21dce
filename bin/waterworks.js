#!/usr/bin/env node
import { existsSync } from 'node:fs'
import module from 'node:module'

if (Number(process.versions.node.split('.')[0]) < 24) {
  process.stderr.write(
    `Waterworks needs Node 24 or later; this is ${process.version}. In a checkout, \`npx waterworks\` brings its own.\n`,
  )
  process.exit(2)
}
module.enableCompileCache?.()
// A checkout runs its source; the published package has only the compiled form.
const source = new URL('../src/cli/main.ts', import.meta.url)
const { main } = await import(
  existsSync(source) ? source.href : new URL('../dist/cli/main.js', import.meta.url).href
)
process.exitCode = await main(process.argv.slice(2))
