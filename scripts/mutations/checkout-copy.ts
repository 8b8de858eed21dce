import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Edit } from './mutation.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** What the suites need. Not `dist`: it is built of the mutated source. */
const COPIED = [
  'bin',
  'src',
  'test',
  'schemas',
  'package.json',
  'rolldown.config.ts',
  'tsconfig.json',
  'vitest.config.ts',
]

/** A copy of the checkout for mutating, with the same packages. Removed by `await using`. */
export class CheckoutCopy {
  readonly folder: string

  private constructor(folder: string) {
    this.folder = folder
  }

  static async make(): Promise<CheckoutCopy> {
    const folder = await mkdtemp(join(tmpdir(), 'waterworks-mutation-'))
    for (const name of COPIED) await cp(join(root, name), join(folder, name), { recursive: true })
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
    return new CheckoutCopy(folder)
  }

  /** Throws when the text to be replaced is not there exactly once: the source moved on, and so must the mutation. */
  async edit({ file, find, replace }: Edit): Promise<void> {
    const path = join(this.folder, file)
    const text = await readFile(path, 'utf8')
    const times = text.split(find).length - 1
    if (times !== 1) throw new Error(`${file} has ${times} times, not once:\n${find}`)
    await writeFile(
      path,
      text.replace(find, () => replace),
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true })
  }
}
