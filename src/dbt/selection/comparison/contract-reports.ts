import { WaterworksError } from '../../../errors/waterworks-error.ts'
import type { Manifest } from '../../manifest/manifest.ts'
import type { ManifestModel } from '../../manifest/manifest-node.ts'
import type { PreviousManifest, PreviousNode } from './parse-manifest.ts'

/** The WW1306 of a model whose contract breaks. Throws it where the model has a version: then a new version is called for. */
export function breakingContract(
  model: Pick<ManifestModel, 'name' | 'version' | 'original_file_path'>,
  changes: readonly string[],
): WaterworksError {
  const name = model.version === null ? model.name : `${model.name}.v${model.version}`
  const error = new WaterworksError('WW1306', {
    message: `Model ${name} (${model.original_file_path}) breaks the contract it had: ${changes.join('; ')}.`,
    hint:
      model.version === null
        ? 'Add a new version of the model instead, or undo the change.'
        : 'A version does not change: undo it, and make the change in a new version.',
  })
  if (model.version !== null) throw error
  return error
}

/** Tells `warn` of the models that had a contract and are gone, unless they were past their deprecation date. */
export function reportRemovedContracts(
  manifest: Manifest,
  previous: PreviousManifest,
  now: Date,
  warn: (warning: WaterworksError) => void,
): void {
  for (const [id, then] of Object.entries(previous.nodes)) {
    if (then.resource_type !== 'model' || !then.contract.enforced || manifest.nodes[id] || isPast(then, now))
      continue
    warn(breakingContract(then, [manifest.disabled[id] ? 'it was disabled' : 'it was deleted or renamed']))
  }
}

function isPast({ deprecation_date: date }: PreviousNode, now: Date): boolean {
  return date !== null && Date.parse(date) < now.getTime()
}
