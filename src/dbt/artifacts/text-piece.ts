/** A stretch of a document's text, and the node that it says everything about. */
export interface TextPiece {
  readonly text: string
  readonly node?: string
}
