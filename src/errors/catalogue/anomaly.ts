import type { CatalogueEntry } from '../catalogue-entry.ts'

/** WW54xx: what is known over time. */
export const anomalyErrors = {
  WW5401: {
    title: 'Not a series',
    cause:
      'What was given has no column of moments with a column of numbers, or a row holds none where it must.',
    remedy: 'Give two columns, a timestamp and a number; --time and --value name them among more.',
  },
  WW5402: {
    title: 'A series out of order',
    cause:
      'A row is earlier than the one before it. Each point is judged by those before it, so their order matters.',
    remedy: 'Sort the rows by time: `waterworks anomalies --query "select … order by 1"` does.',
  },
} as const satisfies Record<string, CatalogueEntry>
