import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { WarehouseConnection } from '../../src/dbt/adapter/warehouse-connection.ts'
import type { RelationName } from '../../src/dbt/context/relation-name.ts'
import { databaseOf } from '../../src/dbt/context/target-values.ts'
import { MacroLibrary, type MacroPackage } from '../../src/dbt/macros/macro-library.ts'
import { referredName } from '../../src/dbt/reference.ts'
import { type Materialized, materialize } from '../../src/dbt/runtime/materialize.ts'
import type { NodeRequest } from '../../src/dbt/runtime/node-rendering.ts'
import { freeRendering } from '../../src/dbt/runtime/run-operation.ts'
import { TemplateRenderer } from '../../src/dbt/template-renderer.ts'
import type { TemplateSettings } from '../../src/dbt/template-settings.ts'
import type { Engine, Executor, Row, Session } from '../../src/engines/engine.ts'
import { builtInNames, builtInPackageOf } from '../../src/project/built-in-packages.ts'
import type { Target } from '../../src/project/project.ts'

const library = new URL('../../src/dbt/library/', import.meta.url).pathname

/** The built-in packages as they are read for every project. */
export const builtIn: readonly MacroPackage[] = builtInNames.map((name) => ({
  name,
  files: readdirSync(library, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.sql') && builtInPackageOf(path) === name)
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(library, path), 'utf8') })),
}))

export interface HarnessOptions {
  /** Macros of the root package. */
  readonly macros?: string
  readonly settings?: Partial<TemplateSettings>
}

export interface Build {
  readonly name?: string
  readonly sql?: string
  readonly config?: Readonly<Record<string, unknown>>
  readonly node?: Readonly<Record<string, unknown>>
  readonly seed?: string
}

/** Macros and materializations on a real engine, without a project around them. */
export class DbtHarness {
  readonly engine: Engine
  readonly session: Session
  readonly renderer: TemplateRenderer
  readonly database: string
  readonly messages: string[] = []
  readonly statements: string[] = []
  readonly schema = 'lab'

  private constructor(engine: Engine, session: Session, database: string, renderer: TemplateRenderer) {
    this.engine = engine
    this.session = session
    this.database = database
    this.renderer = renderer
  }

  static async open(
    engine: Engine,
    { macros = '', settings = {} }: HarnessOptions = {},
  ): Promise<DbtHarness> {
    const session = await engine.connect()
    const [row] = await session.rows('select current_database() as name')
    const database = String(row?.['name'])
    const server = { host: 'localhost', port: 5432, user: 'w', password: undefined }
    const target: Target =
      engine.dialect.name === 'duckdb'
        ? { type: 'duckdb', path: ':memory:', schema: 'lab' }
        : { type: 'postgres', ...server, database, schema: 'lab' }
    const packages = [{ name: 'shop', files: [{ path: 'macros/own.sql', text: macros }] }, ...builtIn]
    const renderer = new TemplateRenderer(
      {
        projectName: 'shop',
        targetName: 'dev',
        target,
        vars: {},
        cliVars: {},
        dialect: engine.dialect,
        now: '2024-02-29T13:14:15.000Z',
        runId: 'run',
        env: {},
        ...settings,
      },
      new MacroLibrary(packages, { rootPackage: 'shop', adapter: target.type }),
    )
    const harness = new DbtHarness(engine, session, databaseOf(target), renderer)
    await session.execute('drop schema if exists lab cascade')
    await session.execute('create schema lab')
    return harness
  }

  async close(): Promise<void> {
    await this.session.close()
  }

  rows(sql: string): Promise<Row[]> {
    return this.session.rows(sql)
  }

  connection(executor: Executor = this.session, publishesAtOnce = true): WarehouseConnection {
    return new WarehouseConnection(executor, {
      type: this.renderer.settings.target.type,
      database: this.database,
      publishesAtOnce,
      onStatement: (sql) => this.statements.push(sql.trim()),
    })
  }

  relation(identifier: string): RelationName {
    return { database: this.database, schema: this.schema, identifier }
  }

  /** What a template prints, asking the engine. */
  async render(text: string, given: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const connection = this.connection()
    const rendering = freeRendering('shop', {
      connection,
      manifest: undefined,
      given,
      log: (message) => this.messages.push(message),
      warn: (message) => this.messages.push(message),
    })
    try {
      return (await this.renderer.renderAsync({ path: 'x.sql', text }, rendering)).trim()
    } finally {
      await connection.rollback()
    }
  }

  /** Builds a node: gated in a transaction of its own, or with commits of its own. */
  async build(build: Build, mode: 'gated' | 'immediately' = 'immediately'): Promise<Materialized> {
    if (mode === 'gated') {
      return this.session.transaction((executor) =>
        this.#materialize(build, this.connection(executor, false)),
      )
    }
    const connection = this.connection()
    try {
      return await this.#materialize(build, connection)
    } finally {
      await connection.rollback()
    }
  }

  #materialize(build: Build, connection: WarehouseConnection): Promise<Materialized> {
    const { name = 'm', sql = '', config = {}, seed } = build
    const relation = this.relation(name)
    const node = {
      unique_id: `model.shop.${name}`,
      name,
      alias: name,
      resource_type: 'model',
      package_name: 'shop',
      original_file_path: `models/${name}.sql`,
      ...relation,
      description: '',
      columns: {},
      constraints: [],
      config,
      ...build.node,
    }
    const request: NodeRequest = {
      node,
      relation,
      connection,
      manifest: undefined,
      resolve: (reference) => ({
        relation: this.relation(referredName(reference)),
      }),
      log: (message) => this.messages.push(message),
      warn: (message) => this.messages.push(message),
    }
    return materialize(this.renderer, { ...request, compiledCode: sql, seed })
  }
}
