import { join, resolve } from 'node:path'
import type { References } from '../environment/references.ts'
import type { Intake } from '../intake.ts'
import type { ProjectFiles } from '../project-files.ts'
import { utf8Text } from '../utf8-text.ts'

const PROFILES_FILE = 'profiles.yml'

export interface Profiles {
  /** The file, as messages show it. */
  readonly file: string
  readonly document: unknown
}

/**
 * profiles.yml where dbt looks for it: in the folder that was asked for or that DBT_PROFILES_DIR names, and then nowhere else;
 * or else in the project's folder, or in ~/.dbt. WW1016 for a folder that was named and has none.
 */
export function findProfiles(
  root: string,
  named: string | undefined,
  files: ProjectFiles,
  references: References,
  intake: Intake,
): Profiles | undefined {
  const folder = named ?? (references.variable('DBT_PROFILES_DIR') || undefined)
  if (folder !== undefined) {
    const found = readAt(resolve(root, folder), files, intake)
    if (found) return found
    intake.error(
      'WW1016',
      { file: 'dbt_project.yml', path: ['profile'] },
      {
        message: `there is no ${PROFILES_FILE} in ${folder}`,
        hint: `The folder is the one of ${named === undefined ? 'DBT_PROFILES_DIR' : '--profiles-dir'}.`,
      },
    )
    return undefined
  }
  const own = files.read(PROFILES_FILE)
  if (own) return { file: PROFILES_FILE, document: intake.yaml(PROFILES_FILE, own.text, 'pyyaml') ?? {} }
  const home = references.variable('HOME') ?? references.variable('USERPROFILE')
  return home === undefined ? undefined : readAt(join(home, '.dbt'), files, intake)
}

function readAt(folder: string, files: ProjectFiles, intake: Intake): Profiles | undefined {
  const file = join(folder, PROFILES_FILE)
  let text: string
  try {
    text = utf8Text(files.bytesAt(file))
  } catch {
    return undefined
  }
  return { file, document: intake.yaml(file, text, 'pyyaml') ?? {} }
}
