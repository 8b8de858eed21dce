const SECRET_ASSIGNMENT =
  /((?:^|[\s{,"'-])[\w-]*(?:password|passwd|passphrase|secret|token|api[_-]?key|private[_-]?key|credential|authorization|cookie|pass)s?["']?\s*:\s*)(?!\s*$)(.+)$/i
const URL_CREDENTIALS = /(:\/\/[^\s/:@]*:)[^\s/@]+@/g

/** Whether a key's value must never be shown or written out. */
export function isSecretKey(key: string): boolean {
  return /(?:password|passwd|passphrase|secret|token|api[_-]?key|private[_-]?key|^pass$|authorization$|^cookie$)/i.test(
    key,
  )
}

/** Line `line` (from 1) of a text as it may be shown: values of secret keys are masked. */
export function lineText(text: string, line: number): string {
  let start = 0
  for (let i = 1; i < line; i++) {
    const end = text.indexOf('\n', start)
    if (end < 0) return ''
    start = end + 1
  }
  const end = text.indexOf('\n', start)
  return redact(text.slice(start, end < 0 ? undefined : end).replace(/\r$/, ''))
}

function redact(line: string): string {
  return line
    .replace(SECRET_ASSIGNMENT, (whole, before: string, value: string) =>
      /^["']?(?:\$\{|\{\{)/.test(value) ? whole : `${before}***`,
    )
    .replace(URL_CREDENTIALS, '$1***@')
}
