import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import type { TrustedKeys } from '../../connectors/files/storage/host-key.ts'
import { knownHost } from '../../connectors/files/storage/known-hosts.ts'
import { SftpStore } from '../../connectors/files/storage/sftp-store.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { SftpConnection } from '../../project/project.ts'
import { sftpRoot } from '../../project/read/stores.ts'

/**
 * The server of a connection. Nothing is connected to before its first use. Throws WW4015 for a file of keys that cannot be read, and
 * when there is nothing to log in with.
 * @param root the project folder
 */
export async function openSftp(
  connection: SftpConnection,
  root: string,
  retries: number,
): Promise<SftpStore> {
  const { name, host, port, user, password, keyFile, passphrase, timeoutMs } = connection
  const agent = connection.agent ? process.env['SSH_AUTH_SOCK'] || undefined : undefined
  const privateKey = keyFile === undefined ? connection.privateKey : await readKey(keyFile, root, name)
  if (password === undefined && privateKey === undefined && agent === undefined) {
    throw new WaterworksError('WW4015', {
      message: `connection ${name}: there is nothing to log in with`,
      hint: 'Give it a password, a key_file or a private_key, or start an agent that SSH_AUTH_SOCK names.',
    })
  }
  const trusted = await trustedKeys(connection, root)
  return new SftpStore(sftpRoot({ host, port }), {
    ...{ host, port, user, password, privateKey, passphrase, agent, trusted, timeoutMs, retries },
  })
}

async function trustedKeys(connection: SftpConnection, root: string): Promise<TrustedKeys> {
  const { hostKeys, knownHosts, host, port } = connection
  if (hostKeys.length > 0) return { pinned: hostKeys }
  // A host is unknown where there is no such file.
  const list = await readFile(fromHome(knownHosts, root), 'utf8').catch(() => '')
  return knownHost(list, host, port)
}

async function readKey(file: string, root: string, connection: string): Promise<string> {
  return readFile(fromHome(file, root), 'utf8').catch((cause: unknown) => {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable'
    throw new WaterworksError('WW4015', {
      message: `connection ${connection}: key_file ${file}: ${reason}`,
      cause,
    })
  })
}

function fromHome(path: string, root: string): string {
  return path.startsWith('~/') ? join(homedir(), path.slice(2)) : resolve(root, path)
}
