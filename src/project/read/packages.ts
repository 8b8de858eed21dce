import type { References } from '../environment/references.ts'
import type { Intake } from '../intake.ts'
import type { DbtPackage } from '../package.ts'
import { readInstalledPackages } from './installed-packages.ts'
import { readLibrary } from './library-package.ts'
import { type PackageSources, readPackage } from './read-package.ts'

const INSTALLED = 'dbt_packages'

/** The project itself as a package, those installed for it, and what is built in. WW1036 for a name that two of them have. */
export function readPackages(
  root: Omit<PackageSources, 'kind'>,
  references: References,
  intake: Intake,
): readonly DbtPackage[] {
  const folder = root.file?.['packages-install-path'] ?? INSTALLED
  const packages = [
    readPackage({ ...root, kind: 'root' }, intake),
    ...readInstalledPackages(root.files, root.root, folder, references, intake),
    ...readLibrary(intake.diagnostics, root.files.reading.trail),
  ]
  const known = new Set<string>()
  for (const { name } of packages) {
    if (known.has(name)) {
      intake.error(
        'WW1036',
        { file: 'dbt_project.yml', path: ['name'] },
        { message: `there are two packages called "${name}"` },
      )
    }
    known.add(name)
  }
  return packages
}
