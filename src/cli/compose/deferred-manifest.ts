import type { PreviousManifest } from '../../dbt/selection/comparison/parse-manifest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Flags } from '../command.ts'
import { StateFolder } from './state-folder.ts'
import { targetFolder } from './target-folder.ts'
import type { OpenProject } from './workspace.ts'

/** The manifest that --defer-state or --state means. Throws WW1304 when there is none, and WW1305. */
export function deferredManifest({ project }: OpenProject, flags: Flags): PreviousManifest {
  const path = flags.text('defer-state') ?? flags.text('state')
  if (path === undefined) {
    throw new WaterworksError('WW1304', { message: 'Deferring needs the manifest of an earlier run.' })
  }
  const { manifest } = StateFolder.open(project.root, path, targetFolder(project.root, flags))
  if (manifest !== undefined) return manifest
  throw new WaterworksError('WW1304', { message: `There is no manifest.json in ${path} to defer to.` })
}
