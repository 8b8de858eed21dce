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
    ...(command === undefined ? {} : { WHICH: command }),
  }
}
