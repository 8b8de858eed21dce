import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { findProjectRoot } from '../project/find-project-root.ts'
import { isMapping } from '../project/yaml/is-mapping.ts'
import { parseYaml } from '../project/yaml/parse-yaml.ts'

/** The flags that dbt lets a project set, by their names on the command line. */
const SETTABLE: readonly string[] = [
  ...['debug', 'fail-fast', 'indirect-selection', 'log-format', 'log-level', 'partial-parse', 'print'],
  ...['quiet', 'target-path', 'use-colors', 'warn-error', 'warn-error-options', 'write-json'],
]

/**
 * What `flags:` of a project's dbt_project.yml says of flags that a command has; nothing where there is no project, or one that cannot be
 * read: that is told when it is loaded.
 */
export function projectDefaults(projectDir: string | undefined): Readonly<Record<string, unknown>> {
  let document: unknown
  try {
    const start = projectDir === undefined ? process.cwd() : resolve(projectDir)
    const file = join(findProjectRoot(start), 'dbt_project.yml')
    if (!existsSync(file)) return {}
    const text = readFileSync(file, 'utf8')
    if (!/^(?:'|")?flags(?:'|")?\s*:/m.test(text)) return {}
    document = parseYaml(text, 'dbt_project.yml', 'pyyaml')
  } catch {
    return {}
  }
  const given = isMapping(document) ? document['flags'] : undefined
  if (!isMapping(given)) return {}
  return Object.fromEntries(
    SETTABLE.flatMap((name) => {
      const value = given[name.replaceAll('-', '_')]
      return value === undefined || value === null ? [] : [[name, flagValue(value)]]
    }),
  )
}

function flagValue(value: unknown): unknown {
  return isMapping(value) ? JSON.stringify(value) : value
}
