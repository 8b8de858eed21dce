import { DUPLICATE, FATE, FILTERED } from './row-columns.ts'

/** The fate of a row of which others were made as well: where one of them is rejected, or holds the load, all are. */
export function wholeFate(record: string): string {
  const rejected = `case when ${FATE} not in ('${FILTERED}', '${DUPLICATE}') then ${FATE} end`
  return `coalesce(max(${rejected}) over (partition by ${record}), ${FATE})`
}
