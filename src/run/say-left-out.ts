import type { LeftOut } from '../connectors/connector.ts'

/** A sentence on the pieces of a source that wait, by reason, the first of each by name; empty where there are none. */
export function sayLeftOut(pieces: readonly LeftOut[]): string {
  return [...Map.groupBy(pieces, ({ reason }) => reason)]
    .map(([reason, [first, ...more]]) => {
      const others = more.length === 0 ? '' : ` and ${more.length} more`
      return `not read: ${first?.origin ?? ''}${others} (${reason})`
    })
    .join('; ')
}
