import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { DuckDbEngine } from '../../src/engines/duckdb/duckdb-engine.ts'
import type { Engine, Executor } from '../../src/engines/engine.ts'
import { PostgresEngine } from '../../src/engines/postgres/postgres-engine.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { openStateStore } from '../../src/state/open-state-store.ts'
import type { StateStore } from '../../src/state/state-store.ts'
import { sharedPostgres } from './postgres-server.ts'
import { Random } from './scratch/random.ts'
import { ShopDeliveries } from './scratch/shop-deliveries.ts'
import { type ScratchTarget, shopProject } from './scratch/shop-project.ts'
import { type Ended, WaterworksProcess } from './scratch/waterworks-process.ts'

const term = z.number()
const ledger = z.strictObject({
  extracted: term,
  expanded: term,
  inserted: term,
  updated: term,
  unchanged: term,
  deleted: term,
  deduplicated: term,
  filtered: term,
  folded: term,
  rejected: term,
  held: term,
  late: term,
  rows_before: term,
  rows_after: term,
  physical_inserts: term,
  physical_deletes: term,
}) satisfies z.ZodType<Ledger>
const report = z.looseObject({
  status: z.enum(['success', 'failed', 'partial']),
  run_id: z.string(),
  nodes: z.array(
    z.looseObject({
      unique_id: z.string(),
      status: z.string(),
      rows: z.number(),
      ledger: ledger.optional(),
      message: z.string(),
    }),
  ),
})

export type BuildReport = z.infer<typeof report>

/**
 * A small project in a folder of its own, with files that keep arriving, run by the real command in a process of its
 * own. What is in the warehouse is read when nobody else has it.
 */
export class ScratchProject {
  readonly root: string
  readonly target: ScratchTarget
  readonly deliveries: ShopDeliveries
  readonly random: Random
  readonly #cleanUp: () => Promise<void>

  private constructor(root: string, target: ScratchTarget, random: Random, cleanUp: () => Promise<void>) {
    this.root = root
    this.target = target
    this.random = random
    this.deliveries = new ShopDeliveries(root, random)
    this.#cleanUp = cleanUp
  }

  /** A new project on an engine, with nothing delivered yet. */
  static async create(
    type: ScratchTarget['type'],
    seed: number,
    files: (target: ScratchTarget) => Readonly<Record<string, string>> = shopProject,
  ): Promise<ScratchProject> {
    const root = await mkdtemp(join(tmpdir(), 'waterworks-scratch-'))
    const { target, stop } = await newTarget(type)
    const project = new ScratchProject(root, target, new Random(seed), async () => {
      await stop()
      await rm(root, { recursive: true, force: true })
    })
    for (const [path, text] of Object.entries(files(target))) await project.write(path, text)
    return project
  }

  async write(path: string, text: string): Promise<void> {
    const place = join(this.root, path)
    await mkdir(dirname(place), { recursive: true })
    await writeFile(place, text)
  }

  /** Starts a command. `failPoints` is as WATERWORKS_FAIL_POINTS has it. */
  start(args: readonly string[], failPoints?: string): WaterworksProcess {
    return new WaterworksProcess(
      [...args, '--project-dir', this.root],
      failPoints === undefined ? {} : { WATERWORKS_FAIL_POINTS: failPoints },
    )
  }

  run(args: readonly string[], failPoints?: string): Promise<Ended> {
    return this.start(args, failPoints).ended
  }

  /** Runs a command that reports with `--json`. Throws, with what it said, unless it exits with `exitCode`. */
  async report(args: readonly string[], exitCode = 0): Promise<BuildReport> {
    const ended = await this.run([...args, '--json'])
    if (ended.exitCode !== exitCode) {
      throw new Error(
        `${args.join(' ')} ended with ${ended.exitCode ?? ended.signal}\n${ended.stdout}\n${ended.stderr}`,
      )
    }
    return report.parse(JSON.parse(ended.stdout))
  }

  build(exitCode = 0): Promise<BuildReport> {
    return this.report(['build'], exitCode)
  }

  /** An engine on the warehouse, for as long as `work` lasts. */
  async withEngine<T>(work: (engine: Engine) => Promise<T>): Promise<T> {
    const engine = this.#engine()
    try {
      return await work(engine)
    } finally {
      await engine.close()
    }
  }

  /** Reads the warehouse, for as long as `work` lasts. */
  async withWarehouse<T>(work: (warehouse: Executor) => Promise<T>): Promise<T> {
    return this.withEngine(async (engine) => {
      const session = await engine.connect()
      try {
        return await work(session)
      } finally {
        await session.close()
      }
    })
  }

  async withState<T>(work: (state: StateStore) => Promise<T>): Promise<T> {
    const state = await openStateStore({ kind: 'sqlite', path: join(this.root, '.waterworks/state.db') })
    try {
      return await work(state)
    } finally {
      await state.close()
    }
  }

  get warehouseFile(): string {
    return join(this.root, '.waterworks/warehouse.duckdb')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#cleanUp()
  }

  #engine(): Engine {
    if (this.target.type === 'duckdb') return new DuckDbEngine({ path: this.warehouseFile })
    const { host, port, user, password, database } = this.target
    return new PostgresEngine({ host, port, user, password, database })
  }
}

async function newTarget(
  type: ScratchTarget['type'],
): Promise<{ readonly target: ScratchTarget; readonly stop: () => Promise<void> }> {
  if (type === 'duckdb') return { target: { type }, stop: async () => undefined }
  const server = await sharedPostgres()
  const { host, port, user, password } = server
  const database = await server.createDatabase()
  return { target: { type, host, port, user, password, database }, stop: () => server.close() }
}
