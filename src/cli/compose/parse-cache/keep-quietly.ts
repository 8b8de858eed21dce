import type { Diagnostic } from '../../../errors/diagnostics.ts'
import type { Project } from '../../../project/project.ts'

/** Keeps something for later commands. That is a convenience: on a disk that is full or read-only, there is nothing kept. */
export function keepQuietly(keep: () => void): void {
  try {
    keep()
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error
  }
}

/** Whether a secret of the project is in what was said, which then may not be kept. */
export function tellsSecrets(
  { secrets }: Project,
  logs: readonly string[],
  problems: readonly Diagnostic[],
): boolean {
  const said = [...logs, ...problems.flatMap(({ error: { message, hint = '' } }) => [message, hint])]
  return secrets.some((secret) => said.some((text) => text.includes(secret)))
}
