/** A block of code in a Markdown page. */
export interface FencedBlock {
  readonly language: string
  readonly text: string
  /** The line on which the code begins, from 1. */
  readonly line: number
}

const FENCE = /^```(\w*)[^\n]*\n([\s\S]*?)^```$/gm

/** The blocks of a page, in order. */
export function fencedBlocks(page: string): readonly FencedBlock[] {
  return [...page.matchAll(FENCE)].map((match) => ({
    language: match[1] ?? '',
    text: match[2] ?? '',
    line: page.slice(0, match.index).split('\n').length + 1,
  }))
}
