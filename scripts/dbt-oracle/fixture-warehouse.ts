import { join } from 'node:path'
import { type Fleeting, readTables, type TableContent } from './read-tables.ts'

/** The warehouse that a fixture is run on, of which every run has a new one. */
export interface FixtureWarehouse {
  /** profiles.yml, for fixtures without one of their own. */
  readonly profiles: string
  /** Makes it empty. */
  renew(): Promise<void>
  /** What is in it. `folder` is the project's. */
  read(folder: string, fleeting: Fleeting): Promise<readonly TableContent[]>
}

/** A file in the project's folder, which goes with it. */
export const duckDbWarehouse: FixtureWarehouse = {
  profiles: `fixture:
  target: dev
  outputs:
    dev: {type: duckdb, path: warehouse.duckdb, schema: analytics, threads: 1}
    prod: {type: duckdb, path: warehouse.duckdb, schema: production, threads: 1}
`,
  renew: async () => undefined,
  read: (folder, fleeting) => readTables(join(folder, 'warehouse.duckdb'), folder, fleeting),
}
