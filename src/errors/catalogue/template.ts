import type { CatalogueEntry } from '../catalogue-entry.ts'

/** WW2xxx: what can be wrong in templates and in SQL. */
export const templateErrors = {
  WW2001: {
    title: 'Template syntax error',
    cause: 'The Jinja of a file does not parse.',
    remedy: 'Mend the template at the place shown.',
  },
} as const satisfies Record<string, CatalogueEntry>
