import type { Flags } from '../command.ts'

/** What templates see as `flags`, of what was said on the command line or in the environment. */
export function templateFlags(flags: Flags, command: string | undefined): Readonly<Record<string, unknown>> {
  return {
    FULL_REFRESH: flags.isSet('full-refresh'),
    DEFER: flags.isSet('defer'),
    FAVOR_STATE: flags.isSet('favor-state'),
    EVENT_TIME_START: flags.text('event-time-start') ?? null,
    EVENT_TIME_END: flags.text('event-time-end') ?? null,
    STORE_FAILURES: flags.isSet('store-failures'),
    EMPTY: flags.isSet('empty'),
    PRINT: flags.choice('print') !== false,
    QUIET: flags.isSet('quiet'),
    DEBUG: flags.isSet('debug'),
    FAIL_FAST: flags.isSet('fail-fast'),
    WRITE_JSON: flags.choice('write-json') !== false,
    WARN_ERROR: flags.isSet('warn-error') || null,
    INTROSPECT: flags.choice('introspect') !== false,
    TARGET_PATH: flags.text('target-path') ?? null,
    ...(command === undefined ? {} : { WHICH: command }),
  }
}
