import type { Severity } from '../quality/check.ts'
import type { ConfigProblem } from './config-problem.ts'
import { ConfigReader } from './config-reader.ts'
import type { Config } from './merge-configs.ts'

export interface SingularTestConfig {
  readonly enabled: boolean
  readonly severity: Severity
  readonly tags: readonly string[]
}

/** Keys that change a test's verdict. */
const unsupported: readonly string[] = ['error_if', 'warn_if', 'fail_calc', 'limit', 'sql_header']

/** Reads what a test file says of itself in config(); a value with a problem is replaced by the default. */
export function readSingularTestConfig(config: Config): {
  config: SingularTestConfig
  problems: readonly ConfigProblem[]
} {
  const reader = new ConfigReader(config)
  for (const key of unsupported) {
    if (config[key] !== undefined)
      reader.refuse(key, 'WW1211', `The configuration "${key}" is not supported yet.`)
  }
  const written = reader.text('severity')?.toLowerCase() ?? 'error'
  const severity = written === 'warn' ? 'warn' : 'error'
  if (written !== severity) {
    reader.refuse('severity', 'WW1212', `The severity "${written}" does not exist.`, 'It is error or warn.')
  }
  return {
    config: { enabled: reader.boolean('enabled') ?? true, severity, tags: reader.texts('tags') },
    problems: reader.problems,
  }
}
