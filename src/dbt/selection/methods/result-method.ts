import { nothingToCompare } from '../comparison/nothing-to-compare.ts'
import type { Method } from './selection-method.ts'

/** `result:` what ended with this status in the run whose run_results.json is in the state folder. */
export const resultMethod: Method = ({ value, text }, { previous }) => {
  const { runResults } = previous
  if (runResults === undefined) throw nothingToCompare(text, 'run_results.json')
  return ({ unique_id }) => runResults.get(unique_id) === value
}
