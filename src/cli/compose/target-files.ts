import { mkdir, open, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { TextPiece } from '../../dbt/artifacts/text-piece.ts'
import { replacing } from '../into-file.ts'
import { BlockWriter } from './block-writer.ts'

/** The folder for dbt's artifacts, below the project. */
export const TARGET_FOLDER = 'target'

/** Writes an artifact; readers see the last one or this one, nothing between. Throws WW7012. */
export async function writeArtifact(file: string, document: unknown): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await replacing(file, (unfinished) => writeFile(unfinished, JSON.stringify(document)))
}

/** Where a piece of a file's text is, in bytes. */
export interface Extent {
  readonly start: number
  readonly end: number
}

export interface WrittenText {
  /** Where the first piece ends. */
  readonly bodyAt: number
  readonly nodes: ReadonlyMap<string, Extent>
}

/** As `writeArtifact`, from pieces of its text; tells where they are. Throws WW7012. */
export async function writeArtifactText(file: string, pieces: Iterable<TextPiece>): Promise<WrittenText> {
  await mkdir(dirname(file), { recursive: true })
  const nodes = new Map<string, Extent>()
  let bodyAt = 0
  await replacing(file, async (unfinished) => {
    const blocks = new BlockWriter(await open(unfinished, 'w'))
    try {
      let at = 0
      for (const { text, node } of pieces) {
        // No character of a text takes more than three bytes.
        if (!blocks.holds(text.length * 3)) await blocks.pass(text.length * 3)
        const length = blocks.add(text)
        if (at === 0) bodyAt = length
        if (node !== undefined) nodes.set(node, { start: at, end: at + length })
        at += length
      }
      await blocks.pass(0)
    } finally {
      await blocks.close()
    }
  })
  return { bodyAt, nodes }
}
