import { suggest } from '../../../errors/suggest.ts'
import { WaterworksError } from '../../../errors/waterworks-error.ts'
import type { Project } from '../../../project/project.ts'
import type { QuarantineFilter } from '../../../run/replay/quarantine-filter.ts'
import type { Flags } from '../../command.ts'

/** The rows that flags and ids mean; ids mean replayed rows as well. */
export function quarantineFilter(flags: Flags, ids: readonly string[]): QuarantineFilter {
  return {
    pipeline: flags.text('pipeline'),
    reason: flags.text('reason'),
    run: flags.text('run'),
    ids,
    replayed: flags.isSet('all') || ids.length > 0,
  }
}

/** Throws WW7005 for a pipeline that the project does not have: an empty answer would look like good news. */
export function requirePipeline(name: string | undefined, { pipelines }: Project): void {
  if (name === undefined || pipelines.some((pipeline) => pipeline.name === name)) return
  const nearest = suggest(
    name,
    pipelines.map((pipeline) => pipeline.name),
  )
  throw new WaterworksError('WW7005', {
    message: `the project has no pipeline ${name}`,
    hint: nearest === undefined ? undefined : `Did you mean ${nearest}?`,
  })
}
