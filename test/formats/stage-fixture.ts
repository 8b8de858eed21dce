import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LogicalType } from '../../src/batch/logical-type.ts'
import { DuckDbEngine } from '../../src/engines/duckdb/duckdb-engine.ts'
import type { Row, Session } from '../../src/engines/engine.ts'
import { type ExaminedFile, examineFile } from '../../src/formats/examine-file.ts'
import type { CsvScan } from '../../src/formats/file-scan.ts'
import type { DecodedRecord } from '../../src/formats/records/decoded-record.ts'
import { decoderOf, isRecordFormat } from '../../src/formats/records/decoders.ts'
import { scanRecords } from '../../src/formats/records/examine-records.ts'
import { resolveFormat } from '../../src/formats/resolve-format.ts'
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

export interface Decoded {
  readonly records: number
  readonly decoded: readonly DecodedRecord[]
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

  /** Records of a format that is decoded record by record, without SQL: what was counted, and what was decoded. */
  async decode(name: string, content: Uint8Array, options: ScanOptions): Promise<Decoded> {
    const file = this.write(name, content)
    try {
      const format = resolveFormat(file, options)
      if (!isRecordFormat(format)) throw new Error(`${format} is not decoded record by record`)
      const { scan, records } = await scanRecords(file, format, options)
      const decoded: DecodedRecord[] = []
      for await (const batch of (await decoderOf(format)).decode(file, scan)) decoded.push(...batch)
      return { records, decoded }
    } finally {
      rmSync(file)
    }
  }

  async dispose(): Promise<void> {
    if (this.#session) await (await this.#session).close()
    await this.#engine.close()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
