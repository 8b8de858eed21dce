import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { replacing } from '../into-file.ts'

/** The folder for dbt's artifacts, below the project. */
export const TARGET_FOLDER = 'target'

/** Writes an artifact; readers see the last one or this one, nothing between. Throws WW7012. */
export async function writeArtifact(file: string, document: unknown): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await replacing(file, (unfinished) => writeFile(unfinished, JSON.stringify(document)))
}
