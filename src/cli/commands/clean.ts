import { relative } from 'node:path'
import { cleanFolders } from '../../packages/clean-folders.ts'
import type { Command, Invocation } from '../command.ts'
import { readPackageProject } from '../compose/package-project.ts'

export const clean: Command = {
  name: 'clean',
  summary: 'Remove the folders of clean-targets',
  description: `Removes the folders that "clean-targets" of dbt_project.yml names, the target folder unless it says
otherwise. Nothing outside of the project is removed, nor are its sources, its git history and .waterworks, where the
warehouse is.`,
  options: [],
  examples: [{ line: 'waterworks clean', says: 'What builds and packages left behind.' }],
  run: remove,
}

async function remove(invocation: Invocation): Promise<number> {
  const { output } = invocation
  const { root, cleanTargets, sourceFolders } = readPackageProject(invocation)
  const removed = cleanFolders(root, cleanTargets, sourceFolders).map(
    (place) => relative(root, place) || place,
  )
  for (const place of removed) output.print(`removed ${place}`)
  if (removed.length === 0) output.print('nothing to remove')
  output.json({ removed })
  return 0
}
