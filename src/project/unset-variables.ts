import type { Intake } from './intake.ts'
import type { Interpolated } from './interpolate.ts'
import { type Path, removeAt } from './yaml/value-at.ts'

export interface Cleaned {
  readonly document: unknown
  readonly fromEnvironment: ReadonlySet<string>
  /** What was taken out because its variable or secret is not there. */
  readonly removed: readonly Path[]
}

/** `report`: an error at the value. `drop`: the value goes without a word. A path: all of what it leads to goes. */
export type Verdict = 'report' | 'drop' | Path

/** Takes the values that lack a variable or secret out of a document; WW1010 or WW1042 for those on which `judge` says `report`. */
export function removeUnset(
  { document, fromEnvironment, unset }: Interpolated,
  file: string,
  intake: Intake,
  judge: (path: Path) => Verdict = () => 'report',
): Cleaned {
  const removed: Path[] = []
  for (const { path, missing } of unset) {
    const verdict = judge(path)
    if (verdict === 'report') {
      const { code, message, hint } = missing
      intake.error(code, { file, path }, { message, hint })
    }
    const own = path.slice(0, path.findLastIndex((part) => typeof part === 'string') + 1)
    removed.push(typeof verdict === 'string' ? own : verdict)
  }
  return { document: removed.reduce(removeAt, document), fromEnvironment, removed }
}
