import { hash } from 'node:crypto'
import type { Intake } from '../intake.ts'
import type { DbtPackage, PropertiesDocument } from '../package.ts'
import type { ProjectFiles } from '../project-files.ts'
import type { DbtProjectFile } from '../schema/dbt-project-file.ts'
import { propertiesFile } from '../schema/properties-file.ts'
import { validate } from '../validate.ts'
import { dbtKeepsAnyKey } from './dbt-keeps-any-key.ts'
import { packageConfig } from './package-config.ts'
import { packagePaths, placeOf, propertiesPaths, readSeeds, readTexts } from './package-files.ts'
import { trimmed } from './trimmed.ts'
import { type OverlookedKey, withColumnKeys } from './with-column-keys.ts'

const YAML = ['.yml', '.yaml']

export interface PackageSources extends Pick<DbtPackage, 'name' | 'kind' | 'root'> {
  /** dbt_project.yml, validated; undefined when there is none. */
  readonly file: DbtProjectFile | undefined
  /** The same as it is written. */
  readonly written: unknown
  readonly files: ProjectFiles
}

/** Reads every file of one package. Mistakes are noted; of installed packages, whose files are not the user's, unknown keys are not. */
export function readPackage(
  { name, kind, root, file, written, files }: PackageSources,
  intake: Intake,
): DbtPackage {
  const paths = packagePaths(file)
  const folders = propertiesPaths(paths)
  const properties = files.readAll(folders, YAML).flatMap(({ path, text }): PropertiesDocument[] => {
    const shown = files.shown(path)
    const document = intake.yaml(shown, text, 'python')
    if (document === undefined) return []
    const unknownKeys = kind === 'root' ? 'lenient' : 'silent'
    const overlooked: OverlookedKey[] = []
    const valid = validate(propertiesFile, {
      intake,
      file: shown,
      written: document,
      document,
      unknownKeys,
      takesAnyKey: dbtKeepsAnyKey,
      onOverlooked: (keyPath, value) => overlooked.push({ path: keyPath, value }),
    })
    return valid
      ? [
          {
            path,
            below: placeOf(files, path, folders).below,
            shown,
            checksum: hash('sha256', trimmed(text).text),
            document: withColumnKeys(valid, overlooked),
          },
        ]
      : []
  })
  return {
    name,
    kind,
    root,
    config: packageConfig(file, written, files.read('dbt_project.yml')?.text ?? ''),
    ...readTexts(files, paths),
    seeds: readSeeds(files, paths),
    properties,
  }
}
