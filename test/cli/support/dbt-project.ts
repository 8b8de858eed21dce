import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Ran, type RunOptions, waterworks } from './waterworks.ts'

const PROFILES = `shop:
  target: dev
  outputs:
    dev: {type: duckdb, path: warehouse.duckdb, schema: analytics, threads: 2}
    prod: {type: duckdb, path: warehouse.duckdb, schema: production, threads: 2}
`

/** A dbt project of these files (path and text), with targets `dev` and `prod` in one file, that lasts as long as the test. */
export class DbtProject {
  readonly folder: string

  private constructor(folder: string) {
    this.folder = folder
  }

  static async create(files: Readonly<Record<string, string>>): Promise<DbtProject> {
    const folder = await mkdtemp(join(tmpdir(), 'waterworks-dbt-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const project = new DbtProject(folder)
    await project.write({
      'dbt_project.yml': 'name: shop\nprofile: shop\n',
      'profiles.yml': PROFILES,
      ...files,
    })
    return project
  }

  async write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [path, text] of Object.entries(files)) {
      const file = join(this.folder, path)
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, text)
    }
  }

  run(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
    return waterworks(this.folder, args, options)
  }

  /** What a command prints; throws when it does not end well. */
  async output(args: readonly string[], options: RunOptions = {}): Promise<string> {
    const { code, stdout, stderr } = await this.run(args, options)
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${stdout}${stderr}`)
    return stdout.trim()
  }

  /** Rows of a query, as objects. */
  async rows(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const { rows } = JSON.parse(await this.output(['sql', sql, '--json']))
    return rows
  }
}
