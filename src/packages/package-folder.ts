import { realpathSync } from 'node:fs'
import { join, sep } from 'node:path'
import { WaterworksError } from '../errors/waterworks-error.ts'

/** The folder of a package within what was fetched. Throws WW1608 for one that is not in it, or not within it. */
export function packageFolder(folder: string, subdirectory: string | undefined, of: string): string {
  if (subdirectory === undefined) return folder
  const wanted = join(folder, subdirectory)
  const outside = (hint?: string) =>
    new WaterworksError('WW1608', {
      message: `The package ${of} has no folder ${subdirectory}.`,
      hint,
    })
  try {
    const [root, real] = [realpathSync(folder), realpathSync(wanted)]
    if (real === root || real.startsWith(`${root}${sep}`)) return real
  } catch {
    throw outside()
  }
  throw outside('It leads out of the package; "subdirectory:" is a path within it.')
}
