import type { CatalogueEntry } from '../catalogue-entry.ts'

/** WW19xx: what project files may say already but the platform does not do yet. */
export const notYetErrors = {
  WW1901: {
    title: 'Not yet: this way of extracting',
    cause: 'The extraction strategy is part of the template, but the platform does not have it yet.',
    remedy: 'Use full or incremental until it comes.',
  },
  WW1903: {
    title: 'Not yet: this transform engine',
    cause: 'Stages run in the warehouse as SQL; the other engines are not there yet.',
    remedy: 'Remove `engine`, or keep it and expect SQL.',
  },
  WW1904: {
    title: 'Not yet: clustering keys',
    cause: 'The key is understood, but tables are not clustered by it yet.',
    remedy: 'Leave it for later, or remove it.',
  },
  WW1905: {
    title: 'Not yet: this watermark storage',
    cause: 'Watermarks are kept in the warehouse, beside the data they cover.',
    remedy: 'Use `watermark_storage: warehouse`.',
  },
  WW1907: {
    title: 'Not yet: alerts',
    cause: 'Alert channels are understood and checked, but nothing is sent to them yet.',
    remedy: 'Watch the exit code and the run record until then.',
  },
  WW1908: {
    title: 'Not yet: schedules',
    cause: 'The schedule is understood and checked, but nothing starts runs by it yet.',
    remedy: 'Start `waterworks build` from cron or your orchestrator until then.',
  },
  WW1909: {
    title: 'Not yet: this connector',
    cause:
      'The connection or source is understood, but only files and Postgres tables can be read yet; the pipeline loads nothing from it.',
    remedy: 'Export the data to files until then.',
  },
  WW1911: {
    title: 'Not yet: this engine',
    cause: 'The target is of a type that the platform cannot use yet.',
    remedy: 'Use a duckdb or postgres target.',
  },
  WW1912: {
    title: 'Not yet: this part of dbt',
    cause: 'The key, resource or folder is part of dbt, but the platform does nothing with it yet.',
    remedy: 'Leave it for later, or remove it.',
  },
} as const satisfies Record<string, CatalogueEntry>
