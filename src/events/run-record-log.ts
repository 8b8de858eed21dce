import { closeSync, openSync, writeSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { WaterworksError } from '../errors/waterworks-error.ts'
import type { RunRecord } from './event.ts'

/**
 * The log of pipeline runs: one JSON line per run, with exactly the fields of a run record in their order. Each
 * append is a single write to a file opened with O_APPEND, so that processes may share the file.
 */
export class RunRecordLog {
  readonly #path: string
  #folder: Promise<unknown> | undefined

  constructor(path: string) {
    this.#path = path
  }

  /** Throws WW6005 when the file cannot be written. */
  async append(records: readonly RunRecord[]): Promise<void> {
    if (records.length === 0) return
    const lines = Buffer.from(records.map((record) => `${line(record)}\n`).join(''))
    try {
      this.#folder ??= mkdir(dirname(this.#path), { recursive: true })
      await this.#folder
      // A line is too little work to wait for a thread three times: open, write and close take microseconds.
      const file = openSync(this.#path, 'a')
      try {
        if (writeSync(file, lines) < lines.length) throw new Error('the disk is full')
      } finally {
        closeSync(file)
      }
    } catch (cause) {
      throw new WaterworksError('WW6005', { message: `the log ${this.#path} cannot be written`, cause })
    }
  }
}

function line(record: RunRecord): string {
  const fields: RunRecord = {
    pipeline_name: record.pipeline_name,
    run_id: record.run_id,
    started_at: record.started_at,
    completed_at: record.completed_at,
    status: record.status,
    stage: record.stage,
    rows_extracted: record.rows_extracted,
    rows_transformed: record.rows_transformed,
    rows_loaded: record.rows_loaded,
    rows_rejected: record.rows_rejected,
    quality_checks_passed: record.quality_checks_passed,
    quality_checks_failed: record.quality_checks_failed,
    duration_seconds: record.duration_seconds,
    error_message: record.error_message,
    watermark_before: record.watermark_before,
    watermark_after: record.watermark_after,
  }
  return JSON.stringify(fields)
}
