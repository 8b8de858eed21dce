import { createHmac } from 'node:crypto'

/** What a list of known hosts says of one. */
export interface KnownHost {
  /** Its keys, as they go over the wire. */
  readonly keys: readonly Buffer[]
  /** Keys that nobody may show any more. */
  readonly revoked: readonly Buffer[]
}

/**
 * What a `known_hosts` file says of a host. Keys of certificate authorities are left out, for certificates are not checked.
 * https://man.openbsd.org/sshd.8#SSH_KNOWN_HOSTS_FILE_FORMAT
 */
export function knownHost(file: string, host: string, port: number): KnownHost {
  const name = port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`
  const keys: Buffer[] = []
  const revoked: Buffer[] = []
  for (const line of file.split('\n')) {
    const words = line.trim().split(/\s+/)
    if (words[0] === '' || words[0]?.startsWith('#')) continue
    const marker = words[0]?.startsWith('@') ? words.shift() : undefined
    const [names, , key] = words
    if (names === undefined || key === undefined || marker === '@cert-authority') continue
    if (names.startsWith('|') ? isHashOf(names, name) : isNamed(names.split(','), name)) {
      const list = marker === '@revoked' ? revoked : keys
      list.push(Buffer.from(key, 'base64'))
    }
  }
  return { keys, revoked }
}

/** `|1|salt|hash`: HMAC-SHA1 of the name. */
function isHashOf(hashed: string, name: string): boolean {
  const [, kind, salt, hash] = hashed.split('|')
  if (kind !== '1' || salt === undefined || hash === undefined) return false
  return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === hash
}

/** One pattern that matches with a `!` before it takes the line back, whatever the others say. */
function isNamed(patterns: readonly string[], name: string): boolean {
  const matching = patterns.filter((pattern) => asRegExp(pattern.replace(/^!/, '')).test(name))
  return matching.length > 0 && !matching.some((pattern) => pattern.startsWith('!'))
}

function asRegExp(pattern: string): RegExp {
  const source = pattern
    .toLowerCase()
    .replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`)
}
