/** A text without the white space around it, as Python has white space. */
export function trimmed(text: string): { readonly text: string; readonly firstLine: number } {
  const start = text.search(NO_SPACE)
  if (start < 0) return { text: '', firstLine: 1 }
  let end = text.length
  while (SPACE.test(text[end - 1]!)) end--
  return {
    text: start === 0 && end === text.length ? text : text.slice(start, end),
    firstLine: start === 0 ? 1 : text.slice(0, start).split('\n').length,
  }
}

/** A byte order mark is white space to JavaScript alone. */
const NO_SPACE = /[^\s\u0085]|\ufeff/
const SPACE = /(?!\ufeff)[\s\u0085]/
