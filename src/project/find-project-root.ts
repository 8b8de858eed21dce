import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { WaterworksError } from '../errors/waterworks-error.ts'
import { DBT_PROJECT_FILE } from './read/dbt-project.ts'
import { WATERWORKS_FILE } from './read/waterworks.ts'

/**
 * The nearest folder, from `start` upwards, with a waterworks.yml or dbt_project.yml in it, as an absolute path.
 * Throws WaterworksError WW1001 when there is none.
 */
export function findProjectRoot(start: string): string {
  const first = resolve(start)
  for (let folder = first; ; folder = dirname(folder)) {
    if (isProjectRoot(folder)) return folder
    if (folder === dirname(folder)) throw notAProject(first)
  }
}

/** Whether the folder itself is a project's. */
export function isProjectRoot(folder: string): boolean {
  return [WATERWORKS_FILE, DBT_PROJECT_FILE].some((name) => existsSync(join(folder, name)))
}

/** WW1001 for a folder that was taken for a project. */
export function notAProject(folder: string): WaterworksError {
  return new WaterworksError('WW1001', {
    message: `there is no ${WATERWORKS_FILE} or ${DBT_PROJECT_FILE} in ${folder} or above it`,
  })
}
