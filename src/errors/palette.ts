/** Ways to emphasise text on a terminal. */
export interface Palette {
  readonly error: (text: string) => string
  readonly warning: (text: string) => string
  readonly place: (text: string) => string
  readonly strong: (text: string) => string
  readonly success: (text: string) => string
  readonly faint: (text: string) => string
}

const plain = (text: string): string => text

const style =
  (open: number, close: number) =>
  (text: string): string =>
    `\u001B[${open}m${text}\u001B[${close}m`

/** ANSI escapes (ECMA-48 SGR), or nothing at all. */
export function palette(color: boolean): Palette {
  return color ? colored : uncolored
}

const uncolored: Palette = Object.freeze({
  error: plain,
  warning: plain,
  place: plain,
  strong: plain,
  success: plain,
  faint: plain,
})

const colored: Palette = Object.freeze({
  error: style(31, 39),
  warning: style(33, 39),
  place: style(36, 39),
  strong: style(1, 22),
  success: style(32, 39),
  faint: style(2, 22),
})
