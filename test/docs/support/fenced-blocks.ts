/** A block of code in a Markdown page. */
export interface FencedBlock {
  readonly language: string
  /** The file that it is to be, after `file=` on its first line. */
  readonly file: string | undefined
  readonly text: string
  /** The line on which the code begins, from 1. */
  readonly line: number
}

const FENCE = /^```(\w*)([^\n]*)\n([\s\S]*?)^```$/gm

/** The blocks of a page, in order. */
export function fencedBlocks(page: string): readonly FencedBlock[] {
  return [...page.matchAll(FENCE)].map((match) => ({
    language: match[1] ?? '',
    file: /\bfile=(\S+)/.exec(match[2] ?? '')?.[1],
    text: match[3] ?? '',
    line: page.slice(0, match.index).split('\n').length + 1,
  }))
}
