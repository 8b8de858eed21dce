import type { MacroShape } from './macro.ts'

/** A block of a kind the caller registered: a macro of its own, or text kept as written. */
export interface ExtensionNode {
  readonly kind: 'extension'
  readonly at: number
  readonly tag: string
  readonly name: string
  /** What the header held besides the name, as the extension read it. */
  readonly options: Readonly<Record<string, unknown>>
  readonly macro: MacroShape | undefined
  /** The body as written. */
  readonly body: string
  /** The whole block as written. */
  readonly text: string
}
