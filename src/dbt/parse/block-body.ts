import type { ScannedBlock } from '../macros/scan-blocks.ts'

export interface BlockBody {
  readonly text: string
  /** Offset of the text in its file. */
  readonly start: number
}

/** What stands between a block's opening and closing tags, as it is written; a dash in them takes away the white space beside it. */
export function bodyOf(text: string, { start, end }: ScannedBlock): BlockBody {
  const opened = text.indexOf('%}', start) + 2
  const closed = Math.max(opened, text.lastIndexOf('{%', end))
  const body = text.slice(opened, closed)
  const trimmed = text[opened - 3] === '-' ? body.trimStart() : body
  const from = opened + body.length - trimmed.length
  return { text: text[closed + 2] === '-' ? trimmed.trimEnd() : trimmed, start: from }
}
