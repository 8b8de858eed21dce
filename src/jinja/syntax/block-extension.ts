import type { Parameter } from '../ast/macro.ts'
import type { BlockHeader } from './block-header.ts'

/** What an extension reads from the header of one of its blocks. */
export interface BlockHeading {
  /** The block's own name. */
  readonly name: string
  /** For macro bodies: the name under which the macro can be called; the block's name when absent. */
  readonly macroName?: string
  /** For macro bodies: the parameters, none when absent. */
  readonly parameters?: readonly Parameter[]
  /** Whatever else the header says. */
  readonly options?: Readonly<Record<string, unknown>>
}

/**
 * A block that templates may use besides Jinja2's own: `{% tag header %}body{% endtag %}`. It prints nothing where it
 * stands; the template lists it under `blocks`. A `macro` body is a template that runs when called, a `raw` body is
 * text kept as written, which need not be valid Jinja.
 */
export interface BlockExtension {
  readonly tag: string
  /** `end` and the tag when absent. */
  readonly endTag?: string
  readonly body: 'macro' | 'raw'
  /** Reads what stands between the tag and `%}`. */
  readHeading(header: BlockHeader): BlockHeading
}
