import type { TemplateSettings } from '../template-settings.ts'

/** `flags`: dbt's, with what the command set over them. */
export function flagValues({ flags = {}, targetName }: TemplateSettings): Readonly<Record<string, unknown>> {
  return {
    CACHE_SELECTED_ONLY: false,
    DEBUG: false,
    DEFER: false,
    EMPTY: false,
    EVENT_TIME_END: null,
    EVENT_TIME_START: null,
    FAIL_FAST: false,
    FAVOR_STATE: false,
    FULL_REFRESH: false,
    INDIRECT_SELECTION: 'eager',
    INTROSPECT: true,
    LOG_CACHE_EVENTS: false,
    LOG_FORMAT: 'default',
    PARTIAL_PARSE: true,
    PRINT: true,
    PRINTER_WIDTH: 80,
    PROFILES_DIR: '.',
    PROJECT_DIR: '.',
    QUIET: false,
    SAMPLE: null,
    SEND_ANONYMOUS_USAGE_STATS: false,
    STATIC_PARSER: true,
    STORE_FAILURES: false,
    TARGET: targetName,
    TARGET_PATH: null,
    USE_COLORS: false,
    USE_EXPERIMENTAL_PARSER: false,
    VARS: {},
    VERSION_CHECK: true,
    WARN_ERROR: null,
    WARN_ERROR_OPTIONS: { error: [], warn: [], silence: [] },
    WHICH: 'build',
    WRITE_JSON: true,
    ...flags,
  }
}

/** Flags that stand among a command's arguments only where they are set. */
const unlessFalse: ReadonlySet<string> = new Set([
  'DEBUG',
  'FULL_REFRESH',
  'FAIL_FAST',
  'LOG_CACHE_EVENTS',
  'STORE_FAILURES',
  'USE_EXPERIMENTAL_PARSER',
])

/** `invocation_args_dict`: what the command was given, by the names of its options; its flags where nothing else is known. */
export function invocationArgs(settings: TemplateSettings): Readonly<Record<string, unknown>> {
  if (settings.invocationArgs !== undefined) return settings.invocationArgs
  return Object.fromEntries(
    Object.entries(flagValues(settings))
      .filter(([name, value]) => value !== null && (value !== false || !unlessFalse.has(name)))
      .map(([name, value]) => [name.toLowerCase(), value]),
  )
}
