import { existsSync, lstatSync, realpathSync, rmSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { WaterworksError } from '../errors/waterworks-error.ts'

/** What no command removes: the project's history, and the warehouse with all that was loaded. */
const KEPT = ['.git', '.waterworks']

/**
 * Removes folders of a project, and gives those that were there. Paths start at the project's folder. All are looked at before any is
 * removed: WW1614 for one that is not within the project, is the project or holds a part of it: its `sources`, history or warehouse.
 */
export function cleanFolders(
  root: string,
  targets: readonly string[],
  sources: readonly string[],
): readonly string[] {
  const home = realpathSync(root)
  const places = new Set(targets.map((target) => placeOf(home, target)))
  const kept = [...KEPT, ...sources].map((path) => resolve(home, path))
  for (const place of places) {
    if (!isWithin(place, home)) throw refused(home, place, 'it is not within the project')
    const part = kept.find((path) => path === place || isWithin(path, place) || isKept(place, path, home))
    if (part !== undefined) throw refused(home, place, `it holds ${relative(home, part) || 'the project'}`)
  }
  return [...places].filter((place) => {
    if (!existsSync(place) && !isLink(place)) return false
    rmSync(place, { recursive: true, force: true })
    return true
  })
}

/** Where a path leads, links on the way to it followed; a link itself is removed and not what it leads to. */
function placeOf(home: string, target: string): string {
  const path = resolve(home, target)
  const folder = dirname(path)
  return existsSync(folder) ? join(realpathSync(folder), path.slice(folder.length)) : path
}

/** Inside what is always kept nothing is removed either. */
function isKept(place: string, path: string, home: string): boolean {
  return KEPT.some((name) => path === join(home, name)) && isWithin(place, path)
}

function isWithin(path: string, folder: string): boolean {
  return path.startsWith(`${folder}${sep}`)
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false
}

function refused(home: string, place: string, because: string): WaterworksError {
  return new WaterworksError('WW1614', {
    message: `${relative(home, place) || '.'} is not cleaned: ${because}.`,
    hint: 'Correct "clean-targets" in dbt_project.yml. Nothing was removed.',
  })
}
