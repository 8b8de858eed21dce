import { nothingToCompare } from '../comparison/nothing-to-compare.ts'
import type { Method } from './selection-method.ts'
import { unknownWord } from './unknown-word.ts'

/** `source_status:fresher`: sources with data newer than in the sources.json of the state folder, or not in it. */
export const sourceStatusMethod: Method = ({ value, text }, { previous }) => {
  if (value !== 'fresher') throw unknownWord('source status', String(value), text, ['fresher'])
  const { sources, currentSources } = previous
  if (sources === undefined) throw nothingToCompare(text, 'sources.json')
  if (currentSources === undefined) throw nothingToCompare(text, 'current sources.json')
  return ({ unique_id }) => {
    const [now, then] = [currentSources.get(unique_id), sources.get(unique_id)]
    return now !== undefined && (then === undefined || now > then)
  }
}
