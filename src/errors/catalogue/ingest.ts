import type { CatalogueEntry } from '../catalogue-entry.ts'

/** WW4xxx: what can go wrong while data is found, landed, read and loaded. */
export const ingestErrors = {
  WW4001: {
    title: 'No file matches',
    cause: 'The files pattern of a pipeline matches nothing.',
    remedy: 'Check the pattern; it is relative to the project folder.',
  },
} as const satisfies Record<string, CatalogueEntry>
