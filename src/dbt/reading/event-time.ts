import { WaterworksError } from '../../errors/waterworks-error.ts'

const FORMS = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)?$/

/**
 * A moment as flags and configurations give it, in UTC: a date, or a date and a time. `what` is for messages. Throws WW7001.
 */
export function eventTime(text: string, what: string): Date {
  const bare = text.replace(/(?:Z|\+00:?00)$/, '')
  const moment = FORMS.test(bare)
    ? new Date(`${bare.replace(' ', 'T')}${bare.length > 10 ? 'Z' : ''}`)
    : undefined
  if (moment !== undefined && !Number.isNaN(moment.getTime())) return moment
  throw new WaterworksError('WW7001', {
    message: `${what} is no time: ${text}`,
    hint: 'Write a date, or a date and a time of UTC: 2026-01-31, 2026-01-31T12:00:00.',
  })
}
