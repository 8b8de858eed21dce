const MASK = '***'

/** Shorter secrets would blot out ordinary text, and are guessed at once anyway. */
const SHORTEST_SECRET = 4

/**
 * The text with every occurrence of a secret replaced by `***`: as it is, percent-encoded as in a URL, escaped as in JSON,
 * with its quotes doubled as in SQL, and line by line where it has several long lines. Occurrences that overlap are
 * masked as one. Secrets of fewer than four characters are left alone.
 */
export function redact(text: string, secrets: readonly string[]): string {
  const spans = secrets.flatMap(spellings).flatMap((spelling) => occurrences(text, spelling))
  if (spans.length === 0) return text
  let masked = ''
  let end = 0
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    if (span.start > end || end === 0) masked += text.slice(end, span.start) + MASK
    end = Math.max(end, span.end)
  }
  return masked + text.slice(end)
}

interface Span {
  readonly start: number
  readonly end: number
}

/** A line of a secret is looked for on its own only when it is no everyday text. */
const LONG_LINE = 12

function spellings(secret: string): string[] {
  if (secret.length < SHORTEST_SECRET) return []
  const found = new Set([secret, JSON.stringify(secret).slice(1, -1), secret.replaceAll("'", "''")])
  if (secret.isWellFormed()) found.add(encodeURIComponent(secret))
  if (secret.includes('\n')) {
    for (const line of secret.split('\n')) if (line.length >= LONG_LINE) found.add(line)
  }
  return [...found]
}

function occurrences(text: string, secret: string): Span[] {
  const spans: Span[] = []
  for (let start = text.indexOf(secret); start !== -1; start = text.indexOf(secret, start + 1)) {
    spans.push({ start, end: start + secret.length })
  }
  return spans
}
