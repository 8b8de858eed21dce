import { createComparison } from '../comparison/create-comparison.ts'
import { nothingToCompare } from '../comparison/nothing-to-compare.ts'
import { STATE_VALUES } from '../comparison/state-value.ts'
import type { Method } from './selection-method.ts'
import { unknownWord } from './unknown-word.ts'

/**
 * `state:` resources by how they stand to the manifest.json of the state folder. What is no resource of dbt's is not in
 * any manifest, and so is never meant.
 */
export const stateMethod: Method = ({ value, text }, { graph, previous, now, warn }) => {
  const wanted = STATE_VALUES.find((each) => each === value)
  if (wanted === undefined) throw unknownWord('state', String(value), text, STATE_VALUES)
  if (previous.manifest === undefined) throw nothingToCompare(text, 'manifest.json')
  if (graph.manifest === undefined) return () => false
  const comparison = createComparison(graph.manifest, previous.manifest, warn)
  if (wanted === 'modified' || wanted === 'unmodified' || wanted === 'modified.contract') {
    comparison.reportRemoved(now)
  }
  return ({ unique_id }) => comparison.judge(unique_id, wanted)
}
