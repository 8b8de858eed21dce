import type { Selectable } from '../selectable.ts'
import type { Method } from './selection-method.ts'
import { unknownWord } from './unknown-word.ts'

type Version = string | number

const judgements: ReadonlyMap<string, (model: Selectable) => boolean> = new Map([
  ['latest', ({ version, latest_version }) => isGiven(version) && version === latest_version],
  ['prerelease', (model) => compared(model) > 0],
  ['old', (model) => compared(model) < 0],
  ['none', ({ version }) => !isGiven(version)],
])

/** `version:` models by how their version stands to the latest: latest, prerelease, old or none. */
export const versionMethod: Method = ({ value, text }) => {
  const judge = judgements.get(String(value))
  if (judge === undefined) throw unknownWord('version', String(value), text, [...judgements.keys()])
  return (member) => member.resource_type === 'model' && judge(member)
}

/** Below zero for a version older than the latest; zero when there is nothing to compare. */
function compared({ version, latest_version: latest }: Selectable): number {
  if (!isGiven(version) || !isGiven(latest)) return 0
  const numbers = [Number(version), Number(latest)] as const
  if (!numbers.some(Number.isNaN)) return numbers[0] - numbers[1]
  const texts = [String(version), String(latest)] as const
  return texts[0] < texts[1] ? -1 : Number(texts[0] > texts[1])
}

function isGiven(version: Version | null | undefined): version is Version {
  return version !== undefined && version !== null
}
