import type { AdapterConnection } from '../../dbt/adapter/adapter-connection.ts'
import { type CompiledNode, compiledNode } from '../../dbt/artifacts/compiled-node.ts'
import { NeedsWarehouse } from '../../dbt/context/needs-warehouse.ts'
import type { Rendering, Resolved } from '../../dbt/context/rendering.ts'
import { externalLocation } from '../../dbt/external-location.ts'
import { foreignKeysOf, withForeignKeys } from '../../dbt/foreign-keys.ts'
import { type Cte, cteNameOf, injectCtes } from '../../dbt/inject-ctes.ts'
import type { Manifest } from '../../dbt/manifest/manifest.ts'
import type { ManifestNode } from '../../dbt/manifest/manifest-node.ts'
import type { ManifestSource } from '../../dbt/manifest/manifest-source.ts'
import { nativeValue } from '../../dbt/parse/native-value.ts'
import type { ParsedPackages } from '../../dbt/parse/parse-packages.ts'
import { renderText, type TemplateText, templateOf } from '../../dbt/parse/render-text.ts'
import { testArguments, testArgumentsName } from '../../dbt/parse/test-arguments.ts'
import { placeOfCall, placeOfReference } from '../../dbt/place-in-text.ts'
import { readAs } from '../../dbt/reading/read-as.ts'
import { plainReading, type Reading } from '../../dbt/reading/reading.ts'
import type { TimeWindow } from '../../dbt/reading/time-window.ts'
import { printReference, type Reference } from '../../dbt/reference.ts'
import { macroOverrides } from '../../dbt/unit-tests/macro-overrides.ts'
import type { Diagnostics } from '../../errors/diagnostics.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { volatileCall } from '../../sql/volatile-call.ts'
import { clockedMacros } from './clocked-macros.ts'

export interface CompiledQuery {
  readonly sql: string
  /** The same with clock and run id held fixed, for the fingerprint. */
  readonly stableSql: string
  /** What it asks of the warehouse, and waits for; its SQL is empty then. */
  readonly waitsFor: string | undefined
  /** Why `stableSql` does not decide what comes out of it, as of a node. */
  readonly volatile: string | undefined
}

type Version = 'actual' | 'stable'

interface Folded {
  /** The ephemeral model's query without its own ephemeral parents, which stand beside it. */
  readonly cte: Cte
  readonly above: readonly Cte[]
}

/** What a node waits for that fails when it is run. */
const FAILURE = 'what its templates fail with'

/** The template of a generic test that is configured nowhere else. */
const CALL_OF_TEST = new RegExp(`^\\{\\{ [\\w.]+\\(\\*\\*${testArgumentsName}\\) \\}\\}$`)

const clock = /\b(run_started_at|invocation_id)\b/

export interface QueryCompilerOptions {
  readonly log: (message: string) => void
  /** A node whose templates fail waits, and fails again when it is run. */
  readonly failsWhenRun: boolean
  /** Unless so, every query waits to be compiled. */
  readonly compiles?: boolean
  /** Unless so, nothing is compiled for the fingerprint alone. */
  readonly fingerprints?: boolean
  readonly reading?: Reading
  /** Sources that pipelines fill: their readers have to wait for them, so the graph has to know. */
  readonly filled: ReadonlySet<string>
}

/** Compiles nodes in dependency order, folding ephemeral models into what reads them. */
export class QueryCompiler {
  readonly #parsed: ParsedPackages
  readonly #diagnostics: Diagnostics
  readonly #log: (message: string) => void
  readonly #failsWhenRun: boolean
  readonly #filled: ReadonlySet<string>
  readonly #compiles: boolean
  readonly #fingerprints: boolean
  readonly #clocked: ReadonlySet<string>
  /** From where, and how much, references read. */
  readonly reading: Reading
  readonly #folded = { actual: new Map<string, Folded>(), stable: new Map<string, Folded>() }
  /** Ephemeral models that wait: what reads them waits as well. */
  readonly #waiting = new Map<string, string>()
  readonly #compiled = new Map<string, CompiledNode>()

  constructor(parsed: ParsedPackages, diagnostics: Diagnostics, options: QueryCompilerOptions) {
    this.reading = options.reading ?? plainReading
    this.#parsed = parsed
    this.#diagnostics = diagnostics
    this.#log = options.log
    this.#failsWhenRun = options.failsWhenRun
    this.#filled = options.filled
    this.#compiles = options.compiles ?? true
    this.#fingerprints = options.fingerprints ?? true
    this.#clocked = clockedMacros(parsed.manifest.macros, clock)
  }

  /**
   * The query of one node; that of an ephemeral model can then be folded into others. Throws what templates throw unless that is to
   * wait, and WW1213 for a reference that parsing did not see.
   */
  compile(node: ManifestNode): CompiledQuery {
    if (node.language === 'python') return waiting(node, 'Python')
    if (!this.#compiles) return waiting(node, 'being compiled')
    try {
      const sql = this.#compile(node, 'actual')
      const dependsOnClock =
        this.#fingerprints &&
        (clock.test(node.raw_code) ||
          node.depends_on.macros.some((id) => this.#clocked.has(id)) ||
          node.depends_on.nodes.some((id) => this.#differs(id)))
      const stableSql = dependsOnClock ? this.#compile(node, 'stable') : sql
      const { actual, stable } = this.#folded
      const folded = actual.get(node.unique_id)
      if (folded && !dependsOnClock) stable.set(node.unique_id, folded)
      if (!this.#fingerprints) return { sql, stableSql, waitsFor: undefined, volatile: undefined }
      const volatile = sql === stableSql ? volatileSql(sql) : 'has the time of the run or its id in it'
      return { sql, stableSql, waitsFor: undefined, volatile }
    } catch (thrown) {
      if (this.#failsWhenRun && thrown instanceof WaterworksError) {
        this.#waiting.set(node.unique_id, FAILURE)
        return waiting(node, FAILURE, 'has templates that fail')
      }
      if (!(thrown instanceof NeedsWarehouse)) throw thrown
      this.#waiting.set(node.unique_id, thrown.asked)
      return this.#compileBothWays(node) ?? waiting(node, thrown.asked)
    }
  }

  /** Of an incremental model: its query for a new table and for one to add to, where nothing else is asked. */
  #compileBothWays(node: ManifestNode): CompiledQuery | undefined {
    if (!this.#fingerprints || node.config['materialized'] !== 'incremental') return undefined
    const [whole, part] = [false, true].map((isIncremental) => this.#supposing(node, isIncremental))
    if (whole === undefined || part === undefined) return undefined
    const clocked = [whole, part].some(([actual, stable]) => actual !== stable)
    const stableSql = `${whole[1]};\n${part[1]}`
    const volatile = clocked ? 'has the time of the run or its id in it' : volatileSql(stableSql)
    return { sql: '', stableSql, waitsFor: 'is_incremental()', volatile }
  }

  /** What goes wrong and what is logged on the way is told when the query is compiled in earnest. */
  #supposing(node: ManifestNode, isIncremental: boolean): readonly [string, string] | undefined {
    const overrides = macroOverrides({ is_incremental: isIncremental }, () => undefined)
    const quietly = { overrides, log: () => {}, warn: () => {} }
    try {
      return [this.#compile(node, 'actual', quietly), this.#compile(node, 'stable', quietly)]
    } catch (thrown) {
      if (thrown instanceof NeedsWarehouse || thrown instanceof WaterworksError) return undefined
      throw thrown
    }
  }

  /**
   * A node's query as it is compiled without a warehouse; undefined where it waits for one. Of the nodes of a graph only tests are
   * compiled for it, those that are judged without their macros. Throws as `compile` does.
   */
  compiled(node: ManifestNode): CompiledNode | undefined {
    if (node.resource_type === 'test' && !this.#compiled.has(node.unique_id)) this.compile(node)
    return this.#compiled.get(node.unique_id)
  }

  /** A node as its templates see it while it is built: its foreign keys name relations. */
  asBuilt<T extends ManifestNode>(node: T): T {
    return withForeignKeys(node, this.#foreignKeys(node))
  }

  #foreignKeys(node: ManifestNode): CompiledNode['foreignKeys'] {
    return foreignKeysOf(node, (reference) => this.#find(node, reference))
  }

  /**
   * The query of a node while it is built, waiting for what its templates ask the warehouse. Throws as `compile` does.
   */
  async compileAt(
    node: ManifestNode,
    connection: AdapterConnection,
    batch?: TimeWindow,
  ): Promise<CompiledNode> {
    const ctes = await this.#ctesAt(node, connection)
    const macros = new Set<string>()
    const sql = await this.#renderAt(node, connection, { batch, macros })
    return { ...compiledNode(injectCtes(sql, ctes), ctes, macros), foreignKeys: this.#foreignKeys(node) }
  }

  /**
   * What ref() and source() of a node stand for; ephemeral models by the names of their CTEs. `batch` is the time of the batch
   * that is built, of a microbatch model.
   */
  resolve(node: ManifestNode, batch?: TimeWindow): (reference: Reference) => Resolved {
    return (reference) => {
      const found = this.#find(node, reference)
      const read = readAs(resolved(found), found, node, this.reading, batch)
      return isEphemeral(found) ? { ...read, cte: cteNameOf(found) } : read
    }
  }

  /**
   * What ref() and source() stand for where no node calls them: any relation of the project. Throws WW2102 for a name that nothing
   * answers to, and for an ephemeral model, which is none.
   */
  resolveFor(packageName: string): (reference: Reference) => Resolved {
    return (reference) => {
      const found = this.#parsed.lookup.find(reference, packageName)
      const call = printReference(reference)
      if (!found || found.isDisabled) {
        throw new WaterworksError('WW2102', { message: `There is nothing that ${call} stands for.` })
      }
      if (isEphemeral(found.node)) {
        const message = `${call} is an ephemeral model, which is no relation to work on.`
        throw new WaterworksError('WW2102', { message })
      }
      return resolved(found.node)
    }
  }

  /** The ephemeral models above a node, each after those that it reads. */
  async #ctesAt(node: ManifestNode, connection: AdapterConnection): Promise<readonly Cte[]> {
    const ctes = new Map<string, Cte>()
    for (const id of node.depends_on.nodes) {
      const parent = this.#parsed.manifest.nodes[id]
      if (parent === undefined || !isEphemeral(parent)) continue
      for (const cte of await this.#ctesAt(parent, connection)) ctes.set(cte.name, cte)
      const sql = await this.#renderAt(parent, connection)
      const name = cteNameOf(parent)
      ctes.set(name, { id, name, sql })
    }
    return [...ctes.values()]
  }

  async #renderAt(
    node: ManifestNode,
    connection: AdapterConnection,
    { batch, macros }: { readonly batch?: TimeWindow | undefined; readonly macros?: Set<string> } = {},
  ): Promise<string> {
    const rendering = { ...this.#rendering(node, false, this.resolve(node, batch), macros), connection }
    return this.#renderWith(node, rendering, (file, context) => templateOf(file).renderAsync(context))
  }

  /** The CTEs an ephemeral model needs, itself last. */
  ctesOf(uniqueId: string): readonly Cte[] {
    const folded = this.#folded.actual.get(uniqueId)
    return folded ? [...folded.above, folded.cte] : []
  }

  #compile(node: ManifestNode, version: Version, otherwise: Partial<Rendering> = {}): string {
    const folded = this.#folded[version]
    const ctes = new Map<string, Cte>()
    const resolve = (reference: Reference): Resolved => {
      const found = this.#find(node, reference)
      const waits = this.#waiting.get(found.unique_id)
      if (waits !== undefined && isEphemeral(found)) throw new NeedsWarehouse(waits)
      const parent = folded.get(found.unique_id)
      const read = readAs(resolved(found), found, node, this.reading)
      if (!parent) return read
      for (const cte of [...parent.above, parent.cte]) ctes.set(cte.name, cte)
      return { ...read, cte: parent.cte.name }
    }
    const macros = new Set<string>()
    const rendering = this.#rendering(node, version === 'stable', resolve, macros)
    const sql = this.#render(node, { ...rendering, ...otherwise })
    const above = [...ctes.values()]
    const { unique_id: id } = node
    if (isEphemeral(node)) folded.set(id, { cte: { id, name: cteNameOf(node), sql }, above })
    const code = injectCtes(sql, above)
    if (version === 'actual' && otherwise.overrides === undefined) {
      const foreignKeys = this.#foreignKeys(node)
      this.#compiled.set(id, { ...compiledNode(code, above, macros), ...(foreignKeys && { foreignKeys }) })
    }
    return code
  }

  #render(node: ManifestNode, rendering: Rendering): string {
    return this.#renderWith(node, rendering, (file, context) => {
      if (!CALL_OF_TEST.test(file.text)) return renderText(file, context)
      try {
        // The calls of one test are one template, whichever file asks for it.
        return renderText({ text: file.text, shown: 'test', firstLine: 1 }, context)
      } catch (error) {
        // What goes wrong is told as of the file.
        if (error instanceof NeedsWarehouse) throw error
        return renderText(file, context)
      }
    })
  }

  #renderWith<T>(
    node: ManifestNode,
    rendering: Rendering,
    render: (...given: Parameters<typeof renderText>) => T,
  ): T | string {
    const file = this.#fileOf(node)
    if (!file.text.includes('{')) return file.text
    const given: Record<string, unknown> = {}
    const context = this.#parsed.renderer.context({ ...rendering, given })
    if (node.resource_type === 'test' && node.test_metadata) {
      given[testArgumentsName] = testArguments(node.test_metadata.kwargs, (template) =>
        nativeValue(template, file.shown, context),
      )
    }
    return render(file, context)
  }

  #fileOf(node: ManifestNode): TemplateText {
    const file = this.#parsed.fileOf(node.unique_id)
    return file ?? { text: node.raw_code, shown: node.original_file_path, firstLine: 1 }
  }

  #find(node: ManifestNode, reference: Reference): ManifestNode | ManifestSource {
    const found = this.#parsed.lookup.find(reference, node.package_name)
    if (found && !found.isDisabled && this.#mayRead(node, found.node)) return found.node
    const call = printReference(reference)
    const { shown, text } = this.#fileOf(node)
    throw new WaterworksError('WW1213', {
      message: `"${node.name}" calls ${call} only when it is compiled, so the graph does not know of it.`,
      location: placeOfReference(shown, text, reference),
      hint: `Write \`-- depends_on: {{ ${call} }}\` at the top of the file, or take the call out of the condition.`,
    })
  }

  /** A source that nobody fills is there whenever it is asked for, so it may be chosen as late as that. */
  #mayRead(
    node: ManifestNode,
    { unique_id: id, resource_type: kind }: ManifestNode | ManifestSource,
  ): boolean {
    return node.depends_on.nodes.includes(id) || (kind === 'source' && !this.#filled.has(id))
  }

  #rendering(
    node: ManifestNode,
    withoutClock: boolean,
    resolve: Rendering['resolve'],
    macros?: Set<string>,
  ): Rendering {
    const manifest: Manifest = this.#parsed.manifest
    return {
      phase: 'compile',
      node,
      packageName: node.package_name,
      relation: { database: node.database, schema: node.schema, identifier: node.alias },
      withoutClock,
      resolve,
      configure: () => {},
      config: () => node.config,
      log: (message, level) => {
        if (!withoutClock && level === 'info') this.#log(message)
      },
      warn: (message) => {
        if (withoutClock) return
        const { shown, text } = this.#fileOf(node)
        const location = placeOfCall(shown, text, 'exceptions.warn')
        this.#diagnostics.warn(new WaterworksError('WW2106', { message, location }))
      },
      connection: undefined,
      manifest,
      given: {},
      called: (macro) => macros?.add(macro),
    }
  }

  #differs(id: string): boolean {
    return this.#folded.actual.get(id) !== this.#folded.stable.get(id)
  }
}

function waiting(
  node: ManifestNode,
  asked: string,
  volatile = `asks the warehouse (${asked})`,
): CompiledQuery {
  return { sql: '', stableSql: node.raw_code, waitsFor: asked, volatile }
}

function volatileSql(sql: string): string | undefined {
  const call = volatileCall(sql)
  return call === undefined ? undefined : `uses ${call}`
}

function resolved(found: ManifestNode | ManifestSource): Resolved {
  if (found.resource_type !== 'source') {
    const { database, schema, alias: identifier } = found
    return { relation: { database, schema, identifier } }
  }
  const { database, schema, identifier, quoting } = found
  return {
    relation: { database, schema, identifier },
    quoting: quotingOf(quoting),
    instead: externalLocation(found),
  }
}

function quotingOf(given: ManifestSource['quoting']): NonNullable<Resolved['quoting']> {
  const chosen: Record<string, boolean> = {}
  for (const [part, quoted] of Object.entries(given)) if (quoted !== null) chosen[part] = quoted
  return chosen
}

export function isEphemeral(node: {
  readonly resource_type: string
  readonly config: Readonly<Record<string, unknown>>
}): boolean {
  return node.resource_type === 'model' && node.config['materialized'] === 'ephemeral'
}
