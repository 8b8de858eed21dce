interface CronField {
  readonly name: string
  readonly least: number
  readonly greatest: number
  readonly words: readonly string[]
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

/** The five fields of crontab(5); Sunday is 0 and 7. */
const FIELDS: readonly CronField[] = [
  { name: 'minute', least: 0, greatest: 59, words: [] },
  { name: 'hour', least: 0, greatest: 23, words: [] },
  { name: 'day of month', least: 1, greatest: 31, words: [] },
  { name: 'month', least: 1, greatest: 12, words: MONTHS },
  { name: 'day of week', least: 0, greatest: 7, words: DAYS },
]

const NICKNAMES = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly']

/** What is wrong with a cron expression, as a part of a sentence; undefined when nothing is. */
export function cronProblem(expression: string): string | undefined {
  const trimmed = expression.trim().toLowerCase()
  if (trimmed.startsWith('@')) {
    return NICKNAMES.includes(trimmed) ? undefined : `is none of ${NICKNAMES.join(', ')}`
  }
  const parts = trimmed.split(/\s+/)
  if (parts.length !== FIELDS.length) return `has ${parts.length} fields where cron has five`
  const wrong = FIELDS.findIndex(
    (field, index) => !parts[index]!.split(',').every((item) => isItem(item, field)),
  )
  if (wrong < 0) return undefined
  const field = FIELDS[wrong]!
  return `has "${parts[wrong]}" as its ${field.name}, which goes from ${field.least} to ${field.greatest}`
}

function isItem(item: string, field: CronField): boolean {
  const match = /^(\*|[a-z0-9]+)(?:-([a-z0-9]+))?(?:\/(\d+))?$/.exec(item)
  if (!match) return false
  const [, first, last, step] = match
  if (step !== undefined && (Number(step) < 1 || Number(step) > field.greatest)) return false
  if (first === '*') return last === undefined
  const [from, to] = [value(first!, field), last === undefined ? undefined : value(last, field)]
  if (from === undefined || (last !== undefined && to === undefined)) return false
  return to === undefined || from <= to
}

function value(text: string, field: CronField): number | undefined {
  const word = field.words.indexOf(text)
  const number = word >= 0 ? word + field.least : /^\d+$/.test(text) ? Number(text) : Number.NaN
  return number >= field.least && number <= field.greatest ? number : undefined
}
