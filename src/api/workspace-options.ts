import type { Environment } from '../project/interpolate.ts'

/** What every function that compiles a project takes. */
export interface WorkspaceOptions {
  /** One of the project's targets; its default unless given. */
  readonly target?: string | undefined
  /** Variables for templates; they win over the project's. */
  readonly vars?: Readonly<Record<string, unknown>> | undefined
  /** Variables for env_var(); those of the process and of the project's `.env` unless given. */
  readonly env?: Environment | undefined
  /** Receives what templates log and print. */
  readonly log?: ((message: string) => void) | undefined
}
