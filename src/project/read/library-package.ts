import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Diagnostics } from '../../errors/diagnostics.ts'
import { builtInNames, builtInPackageOf } from '../built-in-packages.ts'
import type { DbtPackage, PackageFile } from '../package.ts'
import { ProjectFiles } from '../project-files.ts'
import type { ReadTrail } from '../read-trail.ts'
import { packageConfig } from './package-config.ts'
import { readTexts } from './package-files.ts'

/** The built-in packages, `dbt` last: every other package's macros come before its. */
export function readLibrary(diagnostics: Diagnostics, trail?: ReadTrail): readonly DbtPackage[] {
  const root = libraryFolder()
  const files = new ProjectFiles(root, diagnostics, '<built-in>', { trail })
  const all = readTexts(files, { ...NOWHERE, macros: ['.'] }).macros
  return builtInNames.map((name): DbtPackage => {
    const macros: readonly PackageFile[] = all.filter(({ path }) => builtInPackageOf(path) === name)
    return {
      name,
      kind: 'built-in',
      root,
      config: packageConfig(undefined, undefined, ''),
      ...NOTHING,
      macros,
    }
  })
}

/** Beside the source, or beside the bundle that was made of it. */
function libraryFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url))
  const candidates = [join(here, '../../dbt/library'), join(here, '../library')]
  return candidates.find((folder) => existsSync(folder)) ?? candidates[0]!
}

const NOWHERE = {
  models: [],
  seeds: [],
  snapshots: [],
  tests: [],
  macros: [],
  analyses: [],
  functions: [],
  docs: [],
}

const NOTHING = {
  models: [],
  seeds: [],
  snapshots: [],
  singularTests: [],
  genericTests: [],
  analyses: [],
  functions: [],
  docs: [],
  fixtures: [],
  properties: [],
}
