import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { References } from '../environment/references.ts'
import type { Intake } from '../intake.ts'
import type { DbtPackage } from '../package.ts'
import { ProjectFiles } from '../project-files.ts'
import { isMapping } from '../yaml/is-mapping.ts'
import { DBT_PROJECT_FILE, readDbtProject } from './dbt-project.ts'
import { readPackage } from './read-package.ts'

/** Files that name the packages a project wants, the first that is there. */
const WANTED = ['dependencies.yml', 'packages.yml']
const LOCKED = 'package-lock.yml'

/**
 * The packages that lie in a project's folder for them, by name. WW1035 for one that the project wants and that is not
 * there.
 */
export function readInstalledPackages(
  files: ProjectFiles,
  root: string,
  folder: string,
  references: References,
  intake: Intake,
): readonly DbtPackage[] {
  const packages = files.foldersIn(folder).flatMap((name): DbtPackage[] => {
    const place = posix.join(folder, name)
    const packageRoot = join(root, place)
    files.reading.trail?.list(packageRoot)
    if (!existsSync(join(packageRoot, DBT_PROJECT_FILE))) return []
    const own = new ProjectFiles(packageRoot, intake.diagnostics, place, files.reading)
    const text = own.read(DBT_PROJECT_FILE)
    const shown = own.shown(DBT_PROJECT_FILE)
    const written = text && intake.yaml(shown, text.text, 'python')
    const file = readDbtProject(written, references, intake, shown)
    if (!file) return []
    return [
      readPackage(
        { name: file.name, kind: 'installed', root: packageRoot, file, written, files: own },
        intake,
      ),
    ]
  })
  refuseMissing(packages, files, folder, intake)
  return packages.toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

/** What deps has locked is known by name; without a lock file, as dbt does, packages are counted. */
function refuseMissing(
  packages: readonly DbtPackage[],
  files: ProjectFiles,
  folder: string,
  intake: Intake,
): void {
  const listed = WANTED.map((file) => ({ file, packages: listedIn(file, files, intake) })).find(
    (entry) => entry.packages.length > 0,
  )
  if (!listed) return
  const names = new Set(packages.map(({ name }) => name))
  const named = (entries: readonly unknown[]) =>
    entries.flatMap((entry) => (isMapping(entry) && typeof entry['name'] === 'string' ? [entry['name']] : []))
  const missing = named(listedIn(LOCKED, files, intake)).filter((name) => !names.has(name))
  if (missing.length === 0 && packages.length >= listed.packages.length) return
  const what =
    missing.length > 0
      ? `${missing.length === 1 ? 'the package' : 'the packages'} ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not installed`
      : `${listed.file} names ${listed.packages.length} packages, and ${packages.length} ${packages.length === 1 ? 'is' : 'are'} installed in ${folder}`
  intake.error('WW1035', { file: listed.file, path: ['packages'] }, { message: what, part: 'key' })
}

function listedIn(path: string, files: ProjectFiles, intake: Intake): readonly unknown[] {
  const text = files.read(path)
  const document = text && intake.yaml(path, text.text, 'pyyaml')
  const listed = isMapping(document) ? document['packages'] : undefined
  return Array.isArray(listed) ? listed : []
}
