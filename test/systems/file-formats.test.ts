import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { preparePython } from '../../scripts/python-program.ts'
import { StageFixture } from '../formats/stage-fixture.ts'
import { announcedSeed } from '../support/scratch/random.ts'

const python = preparePython(
  {
    script: fileURLToPath(new URL('../formats/make-files.py', import.meta.url)),
    packages: ['pyarrow==26.0.1', 'fastavro==1.13.1', 'cramjam==2.14.0', 'backports.zstd==1.8.0'],
  },
  (reason) => console.error(`Files of Apache Arrow and fastavro were not compared: ${reason}`),
)
const fixture = new StageFixture()
afterAll(() => fixture.dispose())

const table = z.array(z.array(z.union([z.string(), z.number(), z.array(z.string()), z.null()])))
const FILES = [
  ...['uncompressed', 'zlib', 'snappy', 'lz4', 'zstd'].map((codec) => `${codec}.orc`),
  ...['null', 'deflate', 'snappy', 'zstandard'].map((codec) => `${codec}.avro`),
]

describe.skipIf(python === undefined)('random tables that other programs wrote', () => {
  it.each([0, 1, 2, 3, 4])('are read to the last value (%i)', async (offset) => {
    const folder = mkdtempSync(join(tmpdir(), 'ww-written-'))
    try {
      const seed = announcedSeed('file formats') + offset
      const wanted = table.parse(JSON.parse(python!.run([String(seed), folder])))
      for (const name of FILES) {
        const { records, decoded } = await fixture.decode(name, readFileSync(join(folder, name)), {})
        expect([name, records]).toEqual([name, wanted.length])
        for (const [index, record] of decoded.entries()) {
          if (!('cells' in record)) throw new Error(`${name}: ${record.reason}`)
          const values = record.cells.map((cell, column) => shownAs(cell, wanted[index]![column]))
          expect([name, index, values]).toEqual([name, index, wanted[index]])
        }
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

/** A cell as the other program shows it: floating point as a number, what is nested as itself. */
function shownAs(cell: string | null | { readonly text: string }, wanted: unknown): unknown {
  if (cell === null) return null
  if (typeof cell === 'string') return typeof wanted === 'number' ? Number(cell) : cell
  return JSON.parse(cell.text)
}
