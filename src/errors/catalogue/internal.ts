import type { CatalogueEntry } from '../catalogue-entry.ts'

/** WW9xxx: defects of the platform itself. */
export const internalErrors = {
  WW9001: {
    title: 'Internal error',
    cause: 'The platform did something it should never do.',
    remedy: 'Run again with --debug for the stack trace, and report it.',
  },
} as const satisfies Record<string, CatalogueEntry>
