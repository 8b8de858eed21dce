import type { CatalogueEntry } from '../catalogue-entry.ts'

/** WW6xxx: what can go wrong with recorded state and with the owner of a warehouse file. */
export const stateErrors = {
  WW6001: {
    title: 'The state store cannot be opened',
    cause:
      'The file or database that keeps runs, checks and events is missing rights, is damaged or is out of reach.',
    remedy:
      'Check the path or connection; the embedded store may be deleted, it is rebuilt from the warehouse.',
  },
} as const satisfies Record<string, CatalogueEntry>
