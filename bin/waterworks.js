#!/usr/bin/env node
import { existsSync, readdirSync, statSync } from 'node:fs'
import module from 'node:module'
import { join } from 'node:path'

if (Number(process.versions.node.split('.')[0]) < 24) {
  process.stderr.write(
    `Waterworks needs Node 24 or later; this is ${process.version}. In a checkout, \`npx waterworks\` brings its own.\n`,
  )
  process.exit(2)
}
module.enableCompileCache?.()

/**
 * A checkout runs its source, unless the build of it is newer than every file of it: that one starts faster. Suites that have
 * just built it say so, for the look at every file is a good part of a start.
 */
function entry() {
  const built = new URL('../dist/cli/main.js', import.meta.url)
  const source = new URL('../src/', import.meta.url)
  if (process.env.WATERWORKS_BUNDLE === 'fresh' || !existsSync(source)) return built
  const builtAt = statSync(built, { throwIfNoEntry: false })?.mtimeMs ?? 0
  const isNewer = (file) => statSync(join(file.parentPath, file.name)).mtimeMs > builtAt
  const changed = builtAt === 0 || readdirSync(source, { recursive: true, withFileTypes: true }).some(isNewer)
  return changed ? new URL('cli/main.ts', source) : built
}

const { main } = await import(entry().href)
process.exitCode = await main(process.argv.slice(2))
