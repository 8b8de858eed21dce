/** PostgreSQL counts dates and timestamps from 2000-01-01. */
export const DAYS_TO_2000 = 10_957
export const MICROS_TO_2000 = 946_684_800_000_000n
/** The same in 32-bit words. */
export const MICROS_TO_2000_HIGH = Number(MICROS_TO_2000 >> 32n)
export const MICROS_TO_2000_LOW = Number(MICROS_TO_2000 & 0xffffffffn)
