import type { DateFormat } from './table-profile.ts'

const TIME = '[0-9]{1,2}:[0-9]{2}'

/**
 * Ways of writing dates that platforms do not read by themselves. Days and months in figures are told apart by the data:
 * of the two American and European readings of `1/2/2020` neither is taken unless the other fails.
 */
export const DATE_FORMATS: readonly (DateFormat & { readonly rival?: string })[] = [
  { pattern: '%Y/%m/%d', shape: '^[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}$', type: 'date' },
  { pattern: '%Y/%m/%d %H:%M', shape: `^[0-9]{4}/[0-9]{1,2}/[0-9]{1,2} ${TIME}$`, type: 'timestamp' },
  {
    pattern: '%Y/%m/%d %H:%M:%S',
    shape: `^[0-9]{4}/[0-9]{1,2}/[0-9]{1,2} ${TIME}:[0-9]{2}$`,
    type: 'timestamp',
  },
  { pattern: '%d.%m.%Y', shape: '^[0-9]{1,2}[.][0-9]{1,2}[.][0-9]{4}$', type: 'date' },
  { pattern: '%b %d %Y', shape: '^[A-Z][a-z]{2} [0-9]{1,2} [0-9]{4}$', type: 'date' },
  { pattern: '%d %b %Y', shape: '^[0-9]{1,2} [A-Z][a-z]{2} [0-9]{4}$', type: 'date' },
  { pattern: '%m/%d/%Y', shape: '^[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}$', type: 'date', rival: '%d/%m/%Y' },
  { pattern: '%d/%m/%Y', shape: '^[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}$', type: 'date', rival: '%m/%d/%Y' },
]
