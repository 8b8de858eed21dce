import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where packages from Debian are kept between runs. */
const CACHE = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'waterworks-debian')
const PACKAGES = ['openssh-server', 'openssh-sftp-server', 'libwrap0']

/**
 * OpenSSH's server, from Debian's packages, unpacked and not installed, once. Undefined where that cannot be done; `report` is told
 * why.
 */
export function prepareOpenssh(report: (reason: string) => void): string | undefined {
  const root = join(CACHE, 'openssh')
  const debs = join(root, 'debs')
  if (existsSync(join(root, 'unpacked'))) return root
  mkdirSync(debs, { recursive: true })
  const fetched = spawnSync('apt-get', ['download', ...PACKAGES], { cwd: debs, encoding: 'utf8' })
  const unpacked = readdirSync(debs).map((deb) => spawnSync('dpkg', ['-x', join(debs, deb), root]).status)
  if (fetched.status !== 0 || unpacked.some((status) => status !== 0)) {
    report(`openssh: ${fetched.error?.message ?? fetched.stderr.trim().split('\n').at(-1)}`)
    return undefined
  }
  writeFileSync(join(root, 'unpacked'), '')
  return root
}

export interface OpensshServer {
  readonly process: ChildProcess
  /** Private keys: of the host, and of the user that may log in, with this passphrase. */
  readonly userKey: string
  readonly passphrase: string
  /** As known_hosts has it, without the name. */
  readonly hostKey: string
}

/** Starts the server for the user that runs this. Rejects when it does not come up. */
export async function startOpenssh(root: string, folder: string, port: number): Promise<OpensshServer> {
  const passphrase = 'open sesame'
  const make = (name: string, ...args: string[]) =>
    spawnSync('ssh-keygen', ['-q', '-f', join(folder, name), ...args], { stdio: 'ignore' })
  make('host', '-t', 'ed25519', '-N', '')
  make('user', '-t', 'rsa', '-b', '2048', '-N', passphrase)
  copyFileSync(join(folder, 'user.pub'), join(folder, 'authorized'))
  const settings = [
    ...[`Port ${port}`, 'ListenAddress 127.0.0.1', `HostKey ${join(folder, 'host')}`],
    ...[`AuthorizedKeysFile ${join(folder, 'authorized')}`, 'StrictModes no', 'PidFile none', 'UsePAM no'],
    ...['PasswordAuthentication no', `Subsystem sftp ${join(root, 'usr/lib/openssh/sftp-server')}`],
  ]
  writeFileSync(join(folder, 'sshd_config'), `${settings.join('\n')}\n`)
  // Of root it wants a user and a folder of its own: they are there for it alone.
  writeFileSync(
    join(folder, 'passwd'),
    `${readFileSync('/etc/passwd', 'utf8')}sshd:x:64000:65534::/run/sshd:/usr/sbin/nologin\n`,
  )
  const sshd = `${join(root, 'usr/sbin/sshd')} -f ${join(folder, 'sshd_config')} -D -e`
  const around = `mount --bind ${join(folder, 'passwd')} /etc/passwd && mount -t tmpfs t /run && mkdir /run/sshd && exec ${sshd}`
  const [command, args] =
    process.getuid?.() === 0 ? ['unshare', ['-m', 'bash', '-c', around]] : ['bash', ['-c', `exec ${sshd}`]]
  const libraries = ['usr/lib', 'lib'].map((lib) => join(root, lib, 'x86_64-linux-gnu')).join(':')
  const server = spawn(command as string, args as string[], {
    env: { ...process.env, LD_LIBRARY_PATH: libraries },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  await new Promise<void>((resolve, reject) => {
    let said = ''
    server.stderr.on('data', (part) => {
      said += part
      if (said.includes('listening')) resolve()
    })
    server.on('exit', () => reject(new Error(said)))
  })
  return {
    process: server,
    userKey: readFileSync(join(folder, 'user'), 'utf8'),
    passphrase,
    hostKey: readFileSync(join(folder, 'host.pub'), 'utf8').trim(),
  }
}
