import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { WaterworksError } from '../errors/waterworks-error.ts'
import { isProjectRoot } from '../project/find-project-root.ts'
import type { StarterFile } from './starter-files.ts'

/** Throws WW7009 when the folder is a project already: nothing of it may be overwritten. */
export function refuseProject(root: string): void {
  if (isProjectRoot(root)) {
    throw new WaterworksError('WW7009', { message: `${root} is a project already` })
  }
}

/**
 * Writes the files of a project and returns the paths of those that were there before and are left as they are. Throws
 * WW7009, before anything is written, when one that the project needs is there.
 */
export async function writeStarter(root: string, files: readonly StarterFile[]): Promise<readonly string[]> {
  refuseProject(root)
  const there = files.filter(({ path }) => existsSync(join(root, path)))
  const needed = there.find(({ optional }) => !optional)
  if (needed !== undefined) {
    throw new WaterworksError('WW7009', {
      message: `${needed.path} is there already, and is not overwritten`,
    })
  }
  for (const { path, text, secret } of files.filter((file) => !there.includes(file))) {
    const place = join(root, path)
    await mkdir(dirname(place), { recursive: true })
    await writeFile(place, text, { flag: 'wx', mode: secret ? 0o600 : 0o666 })
  }
  return there.map(({ path }) => path)
}
