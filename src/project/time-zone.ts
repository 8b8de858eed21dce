const known = new Map<string, boolean>([['UTC', true]])

/** Whether a text names a time zone of the IANA database. */
export function isTimeZone(name: string): boolean {
  let answer = known.get(name)
  if (answer === undefined) {
    answer = resolves(name)
    known.set(name, answer)
  }
  return answer
}

function resolves(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
