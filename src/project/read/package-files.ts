import { hash } from 'node:crypto'
import { posix } from 'node:path'
import type { DbtPackage, PackageFile, PropertiesDocument, SeedFile } from '../package.ts'
import type { ProjectFiles } from '../project-files.ts'
import type { DbtProjectFile } from '../schema/dbt-project-file.ts'
import { asList } from '../schema/fields.ts'
import { utf8Text } from '../utf8-text.ts'
import { trimmed } from './trimmed.ts'

/** Where a package keeps its files, by dbt_project.yml's keys. */
export interface PackagePaths {
  readonly models: readonly string[]
  readonly seeds: readonly string[]
  readonly snapshots: readonly string[]
  readonly tests: readonly string[]
  readonly macros: readonly string[]
  readonly analyses: readonly string[]
  readonly functions: readonly string[]
  readonly docs: readonly string[]
}

type Texts = Pick<
  DbtPackage,
  | 'models'
  | 'snapshots'
  | 'singularTests'
  | 'genericTests'
  | 'macros'
  | 'analyses'
  | 'functions'
  | 'docs'
  | 'fixtures'
>

/** As dbt has it: of larger seeds only the path is compared. */
const LARGEST_HASHED_SEED = 1024 * 1024

/** The folders of a package, dbt's own where it names none. */
export function packagePaths(file: DbtProjectFile | undefined): PackagePaths {
  type Key = keyof DbtProjectFile & `${string}-paths`
  const given = (key: Key, folder: string, formerly: Key = key) =>
    asList(file?.[key] ?? file?.[formerly] ?? folder).map((path) => posix.normalize(path).replace(/\/$/, ''))
  const paths = {
    models: given('model-paths', 'models', 'source-paths'),
    seeds: given('seed-paths', 'seeds', 'data-paths'),
    snapshots: given('snapshot-paths', 'snapshots'),
    tests: given('test-paths', 'tests'),
    macros: given('macro-paths', 'macros'),
    analyses: given('analysis-paths', 'analyses'),
    functions: given('function-paths', 'functions'),
  }
  const all = [...new Set(Object.values(paths).flat())]
  return { ...paths, docs: file?.['docs-paths'] === undefined ? all : given('docs-paths', 'docs') }
}

/** Every folder in which YAML files may describe resources. */
export function propertiesPaths({ docs: _docs, ...paths }: PackagePaths): readonly string[] {
  return [...new Set(Object.values(paths).flat())]
}

/** Reads the texts of a package. What cannot be read is noted. */
export function readTexts(files: ProjectFiles, paths: PackagePaths): Texts {
  const tests = readKind(files, paths.tests, ['.sql'])
  const [generic, fixtures] = [
    paths.tests.map((path) => `${path}/generic`),
    paths.tests.map((path) => `${path}/fixtures`),
  ]
  return {
    models: readKind(files, paths.models, ['.sql', '.py']),
    snapshots: readKind(files, paths.snapshots, ['.sql']),
    singularTests: tests.filter(({ below }) => !/^(?:generic|fixtures)\//.test(below)),
    genericTests: readKind(files, generic, ['.sql']),
    macros: readKind(files, paths.macros, ['.sql']),
    analyses: readKind(files, paths.analyses, ['.sql']),
    functions: readKind(files, paths.functions, ['.sql', '.py', '.js']),
    docs: readKind(files, paths.docs, ['.md']),
    fixtures: readKind(files, fixtures, ['.csv', '.sql']),
  }
}

/** The seeds of a package with dbt's checksums. */
export function readSeeds(files: ProjectFiles, paths: PackagePaths): readonly SeedFile[] {
  return files.list(paths.seeds, ['.csv']).flatMap((path): SeedFile[] => {
    const bytes = files.readBytes(path)
    if (!bytes) return []
    const checksum =
      bytes.length > LARGEST_HASHED_SEED
        ? ({ name: 'path', checksum: path } as const)
        : ({ name: 'sha256', checksum: hash('sha256', trimmed(utf8Text(bytes)).text) } as const)
    return [{ ...placeOf(files, path, paths.seeds), checksum }]
  })
}

/** The name and places of a file that lies in one of the folders. */
export function placeOf(
  files: ProjectFiles,
  path: string,
  folders: readonly string[],
): Omit<PackageFile, 'text' | 'firstLine'> & Pick<PropertiesDocument, 'below'> {
  const inside = folders.filter((folder) => path.startsWith(`${folder}/`))
  const folder = inside.reduce((longest, next) => (next.length > longest.length ? next : longest), '')
  const name = posix.basename(path, posix.extname(path))
  return { name, path, below: path.slice(folder === '' ? 0 : folder.length + 1), shown: files.shown(path) }
}

function readKind(
  files: ProjectFiles,
  folders: readonly string[],
  endings: readonly string[],
): readonly PackageFile[] {
  return files.readAll(folders, endings).map(({ path, text }) => ({
    ...placeOf(files, path, folders),
    ...trimmed(text),
  }))
}
