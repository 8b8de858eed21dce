import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import { WaterworksError } from '../errors/waterworks-error.ts'
import { Output, type OutputOptions } from './output.ts'

/**
 * Gives `work` an output that ends up in a file, replacing one of that name only when all went well. Throws WW7012 when
 * the file cannot be written.
 */
export async function intoFile(
  file: string,
  options: OutputOptions,
  work: (output: Output) => Promise<void>,
): Promise<void> {
  await replacing(file, async (unfinished) => {
    const stream = createWriteStream(unfinished)
    await once(stream, 'open')
    const ended = finished(stream)
    // Whoever waits for the end hears of a failure; nobody may be waiting yet when it comes.
    ended.catch(() => undefined)
    await work(new Output({ ...options, color: false }, stream, process.stderr))
    stream.end()
    await ended
  })
}

/** Lets `write` make a file beside `file`, which then takes its place. Throws WW7012 when it cannot be written. */
export async function replacing(file: string, write: (unfinished: string) => Promise<void>): Promise<void> {
  const unfinished = `${file}.${process.pid}.tmp`
  try {
    await write(unfinished)
    await rename(unfinished, file)
  } catch (cause) {
    await rm(unfinished, { force: true })
    if (cause instanceof WaterworksError || !(cause instanceof Error && 'syscall' in cause)) throw cause
    const code = 'code' in cause ? String(cause.code) : cause.name
    throw new WaterworksError('WW7012', { message: `${file} cannot be written (${code})`, cause })
  }
}
