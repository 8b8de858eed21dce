import type { Row } from '../engines/engine.ts'
import type { RowCounts } from './diff.ts'

/** The counts that a comparing query gives in its columns l, r, ol, o_r and changed. */
export function rowCounts(counts: Row): RowCounts {
  const count = (name: string) => Number(counts[name])
  const [left, onlyLeft, changed] = [count('l'), count('ol'), count('changed')]
  return {
    left,
    right: count('r'),
    equal: left - onlyLeft - changed,
    changed,
    onlyLeft,
    onlyRight: count('o_r'),
  }
}
