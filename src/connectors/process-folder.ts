import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * A new folder below `parent` that only this user may read, for what this process alone needs; it is removed by whoever asked
 * for it. Folders of processes that are gone are removed first: a kill leaves them.
 */
export async function makeProcessFolder(parent: string): Promise<string> {
  await mkdir(parent, { recursive: true, mode: 0o700 })
  for (const name of await readdir(parent)) {
    const owner = Number(/^(\d+)-/.exec(name)?.[1])
    if (owner > 0 && !isAlive(owner)) await rm(join(parent, name), { recursive: true, force: true })
  }
  return await mkdtemp(join(parent, `${process.pid}-`))
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
