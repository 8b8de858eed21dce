const surrogate = /[\ud800-\udfff]/

/** Whether each character is one UTF-16 unit, so that JavaScript's own indices are Python's. */
export function isPlain(text: string): boolean {
  return !surrogate.test(text)
}

/** The characters as Python counts them: code points. */
export function characters(text: string): readonly string[] {
  return isPlain(text) ? text.split('') : Array.from(text)
}

/** Python's len() of a string. */
export function textLength(text: string): number {
  return isPlain(text) ? text.length : Array.from(text).length
}
