import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { type Repositories, writeRevision } from './obtain-repository.ts'
import type { PublicProject } from './public-project.ts'

/** A project that is ready to run. */
export interface PreparedProject {
  /** The project's folder. */
  readonly folder: string
  /** The folder of its profile. */
  readonly profiles: string
  /** The warehouse. */
  readonly warehouse: string
}

/** Writes a project, the packages that it asks for, a profile and the data that it takes as given into a new folder. */
export async function prepareProject(
  project: PublicProject,
  repositories: Repositories,
  root: string,
): Promise<PreparedProject> {
  rmSync(root, { recursive: true, force: true })
  const repository = join(root, 'repository')
  writeRevision(repositories, project.repository, project.revision, repository)
  const folder = join(repository, project.folder)
  const packages = join(folder, 'dbt_packages')
  for (const { name, repository: origin, revision } of project.packages) {
    rmSync(join(packages, name), { recursive: true, force: true })
    writeRevision(repositories, origin, revision, join(packages, name))
  }
  for (const [name, path] of Object.entries(project.local)) {
    const link = join(packages, name)
    mkdirSync(packages, { recursive: true })
    if (!existsSync(link)) symlinkSync(relative(dirname(link), join(folder, path)) || '.', link)
  }
  const profiles = join(root, 'profiles')
  const warehouse = join(root, 'warehouse.duckdb')
  mkdirSync(profiles)
  const output = { type: 'duckdb', path: warehouse, schema: project.schema, threads: 1 }
  const profile = { [project.profile]: { target: 'duckdb', outputs: { duckdb: output } } }
  // YAML holds JSON.
  writeFileSync(join(profiles, 'profiles.yml'), `${JSON.stringify(profile, undefined, 2)}\n`)
  await setUp(project.setup(folder), warehouse)
  return { folder, profiles, warehouse }
}

async function setUp(statements: readonly string[], warehouse: string): Promise<void> {
  if (statements.length === 0) return
  const instance = await DuckDBInstance.create(warehouse)
  const connection = await instance.connect()
  for (const statement of statements) await connection.run(statement)
  connection.closeSync()
  instance.closeSync()
}
