import type { CatalogueEntry } from '../catalogue-entry.ts'

/** WW5xxx: what can go wrong while a plan runs. */
export const runErrors = {
  WW5001: {
    title: 'A ledger does not balance',
    cause:
      'The rows counted at the source differ from the rows applied, filtered, deduplicated, rejected and held.',
    remedy:
      'The load was rolled back. Keep the landed files and report this: it is a defect in the platform.',
  },
} as const satisfies Record<string, CatalogueEntry>
