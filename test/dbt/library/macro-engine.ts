import { WarehouseConnection } from '../../../src/dbt/adapter/warehouse-connection.ts'
import type { RelationName } from '../../../src/dbt/context/relation-name.ts'
import type { NodeInTemplate, Rendering } from '../../../src/dbt/context/rendering.ts'
import { MacroLibrary } from '../../../src/dbt/macros/macro-library.ts'
import type { Config } from '../../../src/dbt/merge-configs.ts'
import { TemplateRenderer } from '../../../src/dbt/template-renderer.ts'
import type { TemplateSettings } from '../../../src/dbt/template-settings.ts'
import type { Row, Session } from '../../../src/engines/engine.ts'
import { builtIn } from '../../support/dbt-harness.ts'
import { testEngines } from '../../support/engines.ts'

/** What a rendering is of. */
export interface Rendered {
  readonly phase?: 'parse' | 'compile'
  readonly config?: Config
  readonly node?: Readonly<Record<string, unknown>>
  readonly relation?: RelationName
}

/** The built-in macros over an engine with an empty warehouse. */
export interface MacroEngine {
  readonly type: 'duckdb' | 'postgres'
  readonly database: string
  readonly session: Session
  /** What templates logged and were warned of. */
  readonly messages: string[]
  /** The statements that templates had run. */
  readonly statements: string[]
  render(text: string, rendered?: Rendered): Promise<string>
  /** Calls a macro and gives what it returned. */
  call(
    macro: string,
    args?: readonly unknown[],
    rendered?: Rendered,
    kwargs?: Readonly<Record<string, unknown>>,
  ): Promise<unknown>
  /** Rows of the query that a text makes. */
  rows(text: string, rendered?: Rendered): Promise<readonly Row[]>
  /** The value of an expression that a text makes. */
  value(expression: string): Promise<unknown>
  close(): Promise<void>
}

/** Opens an engine with the built-in macros; `macros` are the project's own. */
export async function openMacroEngine(
  type: 'duckdb' | 'postgres',
  macros = '',
  flags: Readonly<Record<string, unknown>> = {},
): Promise<MacroEngine> {
  const { engine, close } = await testEngines[type]!()
  const session = await engine.connect()
  const [{ database } = { database: 'memory' }] = await session.rows('select current_database() as database')
  const name = String(database)
  const settings: TemplateSettings = {
    projectName: 'shop',
    targetName: 'dev',
    target:
      type === 'duckdb'
        ? { type, path: ':memory:', schema: 'main' }
        : { type, host: 'localhost', port: 5432, user: 'u', password: 'p', database: name, schema: 'public' },
    vars: {},
    cliVars: {},
    dialect: engine.dialect,
    now: '2026-03-01T12:00:00.000Z',
    runId: 'run',
    env: {},
    flags,
  }
  const library = new MacroLibrary(
    [{ name: 'shop', files: [{ path: 'macros/shop.sql', text: macros }] }, ...builtIn],
    { rootPackage: 'shop', adapter: type },
  )
  const renderer = new TemplateRenderer(settings, library)
  const messages: string[] = []
  const statements: string[] = []
  const connection = new WarehouseConnection(session, {
    type,
    database: name,
    publishesAtOnce: false,
    onStatement: (sql) => statements.push(sql.trim()),
  })
  const rendering = ({ phase = 'compile', config = {}, node, relation }: Rendered): Rendering => {
    let configured = config
    return {
      phase,
      node: { ...anyNode, ...node },
      packageName: 'shop',
      relation,
      withoutClock: false,
      resolve: () => {
        throw new TypeError('there is nothing to refer to')
      },
      configure: (given) => {
        configured = { ...configured, ...given }
      },
      config: () => configured,
      log: (message) => messages.push(message),
      warn: (message) => messages.push(message),
      connection: phase === 'parse' ? undefined : connection,
      manifest: undefined,
      given: {},
    }
  }
  const render = (text: string, rendered: Rendered = {}) =>
    renderer.renderAsync({ path: 'models/m.sql', text }, rendering(rendered))
  const rows = async (text: string, rendered?: Rendered) => session.rows(await render(text, rendered))
  return {
    type,
    database: name,
    session,
    messages,
    statements,
    render,
    rows,
    call: (macro, args = [], rendered = {}, kwargs = {}) =>
      renderer.call(macro, rendering(rendered), args, kwargs),
    value: async (expression) => (await rows(`select ${expression} as value`))[0]?.['value'],
    async close() {
      await session.close()
      await close()
    },
  }
}

const anyNode: NodeInTemplate = {
  unique_id: 'model.shop.m',
  name: 'm',
  resource_type: 'model',
  package_name: 'shop',
  original_file_path: 'models/m.sql',
}
