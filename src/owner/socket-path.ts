import { createHash } from 'node:crypto'
import { tmpdir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'

/** sun_path holds 108 bytes on Linux and 104 on macOS, the closing NUL included. */
const LONGEST = 100

/**
 * Where the owner of a project's warehouse file listens: `.waterworks/owner.sock`, or, when that path is too long
 * for a socket, a name in the temporary folder that follows from it. A named pipe on Windows.
 */
export function socketPath(projectRoot: string): string {
  const plain = join(resolve(projectRoot), '.waterworks', 'owner.sock')
  const digest = createHash('sha256').update(plain).digest('hex').slice(0, 24)
  if (process.platform === 'win32') return `\\\\.\\pipe\\waterworks-${digest}`
  if (Buffer.byteLength(plain) <= LONGEST) return plain
  return join(tmpdir(), `waterworks-${userInfo().uid}-${digest}.sock`)
}
