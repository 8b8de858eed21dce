import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Variables for the commands that suites start. */
    readonly bundle: Readonly<Record<string, string>>
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Bundles the command line when its source is newer, as `bin/waterworks.js` judges it: suites start hundreds of
 * commands, and one from the bundle starts in a third of the time.
 */
export function setup(project: TestProject): void {
  // Where files are watched the source may change after this; suites that start no command need no bundle.
  const isNeeded = process.env['WATERWORKS_SUITE_BUNDLE'] !== 'none'
  project.provide('bundle', project.config.watch || !isNeeded ? {} : { WATERWORKS_BUNDLE: 'fresh' })
  if (!isNeeded) return
  const builtAt = statSync(join(root, 'dist/cli/main.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0
  const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
  if (builtAt > 0 && !sources.some((file) => statSync(join(file.parentPath, file.name)).mtimeMs > builtAt))
    return
  const build = spawnSync('npm', ['run', '--silent', 'build'], { cwd: root, encoding: 'utf8' })
  if (build.status !== 0) throw new Error(`the bundle was not built:\n${build.stdout}${build.stderr}`)
}
