/**
 * Columns that a text takes on a terminal: East Asian wide and full-width characters and emoji take two, combining
 * marks and control characters none (UAX #11; graphemes by UAX #29).
 */
export function textWidth(text: string): number {
  if (PLAIN.test(text)) return text.length
  let width = 0
  for (const { segment } of segments(text)) width += graphemeWidth(segment)
  return width
}

/** The text cut to at most `width` columns, with an ellipsis where something was cut off. */
export function fitWidth(text: string, width: number): string {
  if (textWidth(text) <= width) return text
  let result = ''
  let taken = 0
  for (const { segment } of segments(text)) {
    taken += graphemeWidth(segment)
    if (taken > width - 1) break
    result += segment
  }
  return `${result}…`
}

/** The text with spaces after it, or before it, up to `width` columns. */
export function padWidth(text: string, width: number, side: 'left' | 'right' = 'left'): string {
  const spaces = ' '.repeat(Math.max(0, width - textWidth(text)))
  return side === 'left' ? text + spaces : spaces + text
}

const PLAIN = /^[ -~]*$/
let graphemes: Intl.Segmenter | undefined

/** Made when first needed: it loads Unicode tables, and most texts are plain. */
function segments(text: string): Intl.Segments {
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  return graphemes.segment(text)
}

/** Characters that a terminal draws nothing for on their own. */
const ZERO = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]+$/u
/** The blocks whose East_Asian_Width is W or F, emoji apart. */
const WIDE =
  /^[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE10-\uFE19\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{16FE0}-\u{18DFF}\u{1AFF0}-\u{1B2FF}\u{20000}-\u{3FFFD}]/u
const EMOJI = /^\p{Emoji_Presentation}|^\p{Extended_Pictographic}\uFE0F|^[0-9#*]\uFE0F?\u20E3/u

function graphemeWidth(grapheme: string): number {
  if (ZERO.test(grapheme)) return 0
  return WIDE.test(grapheme) || EMOJI.test(grapheme) ? 2 : 1
}
