import { join } from 'node:path'
import type { LandedPart } from '../../landing/landed-part.ts'
import { LandingZone } from '../../landing/landing-zone.ts'
import { type Reader, readRows } from '../../owner/reader.ts'
import { streamsOf } from '../../project/pipeline.ts'
import { LOADS } from '../../run/load/warehouse-tables.ts'
import { relationExists } from './relation-exists.ts'
import type { OpenProject } from './workspace.ts'

/**
 * Landed parts of the project's pipelines that are not loaded: a gate or a policy held them, or a run was cut off
 * before it came to them.
 * @param reader undefined when there is no warehouse yet: then nothing is loaded
 */
export async function heldLoads(
  { project, home, dialect }: OpenProject,
  reader: Reader | undefined,
): Promise<readonly LandedPart[]> {
  const landing = new LandingZone({ directory: join(home, 'landing') })
  const parts: LandedPart[] = []
  for (const { name, extract } of project.pipelines) {
    for (const table of streamsOf(extract)) parts.push(...(await landing.parts(name, table)))
  }
  if (parts.length === 0 || reader === undefined || !(await relationExists(reader, LOADS))) return parts
  const ids = parts.map((part) => dialect.literal(part.loadId)).join(', ')
  const rows = await readRows(
    reader,
    `select load_id from ${dialect.relation(LOADS)} where load_id in (${ids})`,
  )
  const loaded = new Set(rows.map((row) => row['load_id']))
  return parts.filter((part) => !loaded.has(part.loadId))
}
