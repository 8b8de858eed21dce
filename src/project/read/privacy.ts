import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Intake } from '../intake.ts'
import type { Origin } from '../origin.ts'
import { DEFAULT_POLICIES, NO_PRIVACY, type Privacy, type PrivacyKey } from '../personal-data.ts'
import type { WaterworksFile } from '../schema/waterworks-file.ts'
import { valueAt } from '../yaml/value-at.ts'
import { WATERWORKS_FILE } from './waterworks.ts'

/** How the project treats personal data, with every default filled in. */
export function readPrivacy(
  root: string,
  { privacy }: WaterworksFile,
  { written, secrets }: { readonly written: unknown; readonly secrets: Set<string> },
  intake: Intake,
): Privacy {
  if (privacy === undefined) return NO_PRIVACY
  const names = valueAt(written, ['privacy', 'keys'])
  const ids = typeof names === 'object' && names !== null ? Object.keys(names) : []
  return {
    mode: privacy.mode ?? 'warn',
    keys: ids.map((id) => {
      const secret = privacy.keys?.[id]
      if (secret !== undefined && secret !== '') secrets.add(secret)
      return readKey(root, id, secret, valueAt(names, [id]), intake)
    }),
    policies: { ...DEFAULT_POLICIES, ...privacy.policies },
  }
}

function readKey(
  root: string,
  id: string,
  secret: string | undefined,
  written: unknown,
  intake: Intake,
): PrivacyKey {
  const origin: Origin = { file: WATERWORKS_FILE, path: ['privacy', 'keys', id] }
  if (typeof written !== 'string' || !/^\$\{[^}]+\}$/.test(written) || written.includes(':-')) {
    intake.error('WW1011', origin, { message: `the key "${id}" is written out in plain text`, part: 'key' })
    return { id, secret: undefined }
  }
  const file = /^\$\{file:(.+)\}$/.exec(written)?.[1]
  if (file !== undefined && isOpenToOthers(resolve(root, file))) {
    intake.error('WW1501', origin, { message: `others than its owner may read ${file}, the key "${id}"` })
  }
  if (secret !== undefined && secret !== '' && !/^(?:[0-9a-f]{2}){32,}$/i.test(secret)) {
    intake.error('WW1502', origin, { message: `the key "${id}" is not 64 hexadecimal digits or more` })
  }
  return { id, secret: secret === '' ? undefined : secret?.toLowerCase() }
}

function isOpenToOthers(file: string): boolean {
  const mode = statSync(file, { throwIfNoEntry: false })?.mode
  return mode !== undefined && (mode & 0o077) !== 0
}
