import type { CatalogueEntry } from '../catalogue-entry.ts'

/** WW23xx: unit tests that cannot be run. */
export const unitTestErrors = {
  WW2301: {
    title: 'A unit test has no rows',
    cause: 'An input of a unit test, or what it expects, has neither rows nor a fixture.',
    remedy: 'Give `rows:`, or name a `fixture:`; `rows: []` for none.',
  },
  WW2302: {
    title: 'A row of a unit test has an unknown column',
    cause:
      'A row names a column that the relation it stands for, or the model that is tested, does not have.',
    remedy: 'Use the columns of the relation; those that are left out are NULL.',
  },
  WW2303: {
    title: 'Expected rows have different columns',
    cause:
      'The rows that a unit test expects are compared column by column, and do not all have the same ones.',
    remedy: 'Give every expected row the columns of the first; write null where one is NULL.',
  },
  WW2304: {
    title: 'An input of a unit test names nothing',
    cause: 'A unit test gives rows for something that the project does not have.',
    remedy:
      'Name what the model reads as it does: ref(…) or source(…); or this, for what an incremental model has.',
  },
  WW2305: {
    title: 'A unit test leaves out an input',
    cause: 'The model reads something that its unit test gives no rows for. Unit tests read no real tables.',
    remedy: 'Give rows for it; `rows: []` for none.',
  },
  WW2306: {
    title: 'The columns of an input are not known',
    cause:
      'A unit test takes the columns and types of an input from the warehouse, and the relation is not there.',
    remedy: 'Build what the model reads first, or give the rows with format: sql, which needs no types.',
  },
} as const satisfies Record<string, CatalogueEntry>
