import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LogicalType } from '../../src/batch/logical-type.ts'
import { DuckDbEngine } from '../../src/engines/duckdb/duckdb-engine.ts'
import type { Row, Session } from '../../src/engines/engine.ts'
import { type ExaminedFile, examineFile } from '../../src/formats/examine-file.ts'
import type { CsvScan } from '../../src/formats/file-scan.ts'
import type { ScanOptions } from '../../src/formats/scan-options.ts'
import { stagePart } from '../../src/formats/stage-part.ts'

export interface Staged {
  readonly scan: ExaminedFile['scan']
  readonly records: number
  /** Without `_ww_record`, in record order. */
  readonly rows: readonly Row[]
  readonly numbers: readonly unknown[]
  readonly rejects: readonly Row[]
}

/** Files put on disk, examined and staged in one DuckDB session, as a load does it. */
export class StageFixture {
  readonly folder = mkdtempSync(join(tmpdir(), 'ww-formats-'))
  readonly #engine = new DuckDbEngine({ path: ':memory:' })
  #session: Promise<Session> | undefined
  #files = 0

  session(): Promise<Session> {
    this.#session ??= this.#engine.connect()
    return this.#session
  }

  write(name: string, content: string | Uint8Array): string {
    const file = join(this.folder, `${++this.#files}-${name}`)
    writeFileSync(file, content)
    return file
  }

  async stage(
    name: string,
    content: string | Uint8Array,
    options: ScanOptions & {
      readonly types?: Readonly<Record<string, LogicalType>>
      readonly exact?: boolean
    } = {},
  ): Promise<Staged> {
    const session = await this.session()
    const file = this.write(name, content)
    const { types, exact, ...scanOptions } = options
    const examined = await examineFile(session, file, scanOptions)
    const scan =
      exact && examined.scan.format === 'csv' ? ({ ...examined.scan, exact } as CsvScan) : examined.scan
    const part = { origin: name, records: examined.records, scan }
    const staged = await stagePart(session, part, file, {
      table: 'staged',
      types: new Map(Object.entries(types ?? {})),
    })
    const numbered = await session.rows(`select * from ${staged.from} order by _ww_record`)
    const rejects = await session.rows(`select * from ${staged.rejects.from} order by record`)
    rmSync(file)
    return {
      scan,
      records: examined.records,
      rows: numbered.map(({ _ww_record, ...row }) => row),
      numbers: numbered.map((row) => row['_ww_record']),
      rejects,
    }
  }

  async dispose(): Promise<void> {
    if (this.#session) await (await this.#session).close()
    await this.#engine.close()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
