const MASK = '***'

/** Shorter secrets would blot out ordinary text, and are guessed at once anyway. */
const SHORTEST_SECRET = 4

/**
 * The text with every occurrence of a secret, as it is or percent-encoded as in a URL, replaced by `***`.
 * Occurrences that overlap are masked as one. Secrets of fewer than four characters are left alone.
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

function spellings(secret: string): string[] {
  if (secret.length < SHORTEST_SECRET) return []
  const encoded = secret.isWellFormed() ? encodeURIComponent(secret) : secret
  return encoded === secret ? [secret] : [secret, encoded]
}

function occurrences(text: string, secret: string): Span[] {
  const spans: Span[] = []
  for (let start = text.indexOf(secret); start !== -1; start = text.indexOf(secret, start + 1)) {
    spans.push({ start, end: start + secret.length })
  }
  return spans
}
