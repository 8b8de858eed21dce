import type { CatalogueEntry } from '../catalogue-entry.ts'

/** WW53xx: how fresh sources are. */
export const freshnessErrors = {
  WW5301: {
    title: 'Nothing says when a source was loaded',
    cause:
      'A source has freshness, but neither loaded_at_field nor loaded_at_query, and the warehouse does not keep when a table was changed.',
    remedy:
      'Name the column that holds when a row was loaded, or a query that gives the moment of the last load.',
  },
  WW5302: {
    title: 'The load time of a source is no timestamp',
    cause:
      'What loaded_at_field or loaded_at_query gives is a date, a text or a number, and an age is counted in seconds.',
    remedy: 'Cast it to a timestamp; without a zone it is taken as UTC.',
  },
} as const satisfies Record<string, CatalogueEntry>
