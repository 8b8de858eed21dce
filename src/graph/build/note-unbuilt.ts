import type { Diagnostics } from '../../errors/diagnostics.ts'
import type { Location } from '../../errors/location.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Node, NodeKind } from '../node.ts'

const NOT_BUILT: Readonly<Partial<Record<NodeKind, string>>> = {
  seed: 'seeds are not built yet',
  snapshot: 'snapshots are not built yet',
  'unit-test': 'unit tests do not run yet',
  operation: 'on-run-start and on-run-end have no effect yet',
}

/** Warns, once a kind, of nodes for which nothing is done yet (WW1912). */
export function noteUnbuilt(
  nodes: Iterable<Node>,
  locationOf: (uniqueId: string) => Location | undefined,
  diagnostics: Diagnostics,
): void {
  const noted = new Set<NodeKind>()
  for (const { kind, uniqueId } of nodes) {
    const message = NOT_BUILT[kind]
    if (message === undefined || noted.has(kind)) continue
    noted.add(kind)
    diagnostics.warn(new WaterworksError('WW1912', { message, location: locationOf(uniqueId) }))
  }
}
