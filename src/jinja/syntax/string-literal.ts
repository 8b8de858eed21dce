const simpleEscapes: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

const escapeSequence = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|([\s\S]))/g

/**
 * The value of a string literal's inside, with Python's escapes; an unknown escape stays as written.
 * Throws a SyntaxError when `\x`, `\u`, `\U` or `\N` is not followed by what it needs.
 */
export function decodeStringLiteral(inside: string): string {
  if (!inside.includes('\\')) return inside
  return inside.replace(escapeSequence, (whole, x, u, long, octal, other) => {
    if (x ?? u) return String.fromCharCode(Number.parseInt(x ?? u, 16))
    if (long) {
      const point = Number.parseInt(long, 16)
      if (point > 0x10ffff) throw new SyntaxError('illegal Unicode character')
      return String.fromCodePoint(point)
    }
    if (octal) return String.fromCharCode(Number.parseInt(octal, 8))
    if (other === 'x') throw new SyntaxError('truncated \\xXX escape')
    if (other === 'u') throw new SyntaxError('truncated \\uXXXX escape')
    if (other === 'U') throw new SyntaxError('truncated \\UXXXXXXXX escape')
    if (other === 'N') throw new SyntaxError('characters by name (\\N{…}) are not supported')
    return simpleEscapes[other] ?? whole
  })
}
