import type { Intake } from '../intake.ts'
import { acts, type PersonalColumn } from '../personal-data.ts'
import { type Pipeline, personalOf, streamsOf } from '../pipeline.ts'

const TELLS_APART: ReadonlySet<PersonalColumn['policy']> = new Set(['keep', 'hash', 'token'])

/** Notes WW1503 where a policy would make rows one that are not, or where positions would keep what it treats. */
export function checkPersonal({ name, extract, load, origin }: Pipeline, intake: Intake): void {
  const at = { file: origin.file, path: [...origin.path, 'extract', 'personal'] }
  const said = new Set<string>()
  const refuse = (message: string) => {
    if (said.has(message)) return
    said.add(message)
    intake.error('WW1503', at, { message: `pipeline "${name}" ${message}` })
  }
  for (const stream of [undefined, ...streamsOf(extract)]) {
    const columns = personalOf(extract, stream ?? '').filter(acts)
    const table = extract.database?.tables.find((each) => each.table === stream)
    const keys = [
      ...(table?.mergeKeys ??
        [...(extract.api?.streams ?? []), ...(extract.tap?.streams ?? [])].find(
          (each) => each.table === stream,
        )?.mergeKeys ??
        load.mergeKeys),
      ...(load.partitionKey === undefined ? [] : [load.partitionKey]),
    ]
    const goesBy = [table?.incrementalKey ?? extract.incrementalKey, extract.eventTime]
    for (const { column, policy } of columns) {
      if (keys.includes(column) && !TELLS_APART.has(policy))
        refuse(`has the policy ${policy} on ${column}, by which rows are told apart`)
      if (goesBy.includes(column))
        refuse(`has the policy ${policy} on ${column}, whose values are its position`)
    }
  }
}
