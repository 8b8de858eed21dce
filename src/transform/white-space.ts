import type { Dialect } from '../engines/dialect.ts'

/** What Unicode calls white space, with the byte order mark: the characters that `trim` takes off. */
export const WHITE_SPACE =
  '\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff'

/** A text without white space at its ends. SQL's own trim knows the blank alone. */
export function trimmed(expression: string, { literal }: Dialect): string {
  return `trim(${expression}, ${literal(WHITE_SPACE)})`
}
