const MOMENT = /^(?:D:)?(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?(?:(Z)|([+-])(\d{2})'?(\d{2})?)?/

/**
 * A moment as PDF writes it, `D:20260701120000+02'00'`, as one with a zone; UTC where it says none. NULL where it is none: many programs
 * write what they like. ISO 32000-1, 7.9.4.
 */
export function pdfMoment(text: string | null): string | null {
  const found = MOMENT.exec(text ?? '')
  if (found === null) return null
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', , sign = '+', ...zone] =
    found
  const offset = `${sign}${zone[0] ?? '00'}:${zone[1] ?? '00'}`
  const moment = `${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`
  return isMoment(moment, Number(day)) ? moment : null
}

/** Date takes the 31st of any month for a day of the next. */
function isMoment(text: string, day: number): boolean {
  const date = new Date(`${text.slice(0, 19)}Z`)
  return !Number.isNaN(new Date(text).getTime()) && date.getUTCDate() === day
}
