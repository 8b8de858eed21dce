import { createHash } from 'node:crypto'
import type { ServerHostKeyAlgorithm } from 'ssh2'
import type { KnownHost } from './known-hosts.ts'

/** Which keys a host may show: those of a list of known hosts, or those that a project names. */
export type TrustedKeys = KnownHost | { readonly pinned: readonly string[] }

/** As OpenSSH shows it: `SHA256:…`, without padding. */
export function fingerprint(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`
}

/** Whether a host that shows this key is the one that is meant, and what is wrong otherwise. */
export function hostKeyProblem(
  key: Buffer,
  trusted: TrustedKeys,
): 'unknown' | 'changed' | 'revoked' | undefined {
  if ('pinned' in trusted) return trusted.pinned.some((pin) => isPin(pin, key)) ? undefined : 'changed'
  if (trusted.revoked.some((other) => other.equals(key))) return 'revoked'
  if (trusted.keys.some((other) => other.equals(key))) return undefined
  return trusted.keys.length === 0 ? 'unknown' : 'changed'
}

/** What keys of a type sign with: RSA's with SHA-2, https://www.rfc-editor.org/rfc/rfc8332 */
const SIGNATURES: Readonly<Record<string, readonly ServerHostKeyAlgorithm[]>> = {
  'ssh-ed25519': ['ssh-ed25519'],
  'ecdsa-sha2-nistp256': ['ecdsa-sha2-nistp256'],
  'ecdsa-sha2-nistp384': ['ecdsa-sha2-nistp384'],
  'ecdsa-sha2-nistp521': ['ecdsa-sha2-nistp521'],
  'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256'],
}

/**
 * Which signatures to ask a host for, so that it shows a key that is known where it has several. Undefined where any will do.
 */
export function signaturesFor(trusted: TrustedKeys): ServerHostKeyAlgorithm[] | undefined {
  const types =
    'pinned' in trusted
      ? trusted.pinned.map((pin) => (pin.startsWith('SHA256:') ? '' : (pin.split(' ')[0] ?? '')))
      : trusted.keys.map(keyType)
  const known = [...new Set(types)].map((type) => SIGNATURES[type])
  return known.length === 0 || known.includes(undefined) ? undefined : known.flatMap((names) => names ?? [])
}

/** The name at a key's beginning. https://www.rfc-editor.org/rfc/rfc4253#section-6.6 */
export function keyType(key: Buffer): string {
  const length = key.length < 4 ? 0 : key.readUInt32BE(0)
  return key.subarray(4, 4 + length).toString('latin1')
}

function isPin(pin: string, key: Buffer): boolean {
  if (pin.startsWith('SHA256:')) return pin.replace(/=+$/, '') === fingerprint(key)
  return pin.split(' ')[1] === key.toString('base64')
}
