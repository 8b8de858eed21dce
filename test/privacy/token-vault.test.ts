import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { KeyRing } from '../../src/privacy/key-ring.ts'
import { TokenVault } from '../../src/privacy/token-vault.ts'
import { openStateStore } from '../../src/state/open-state-store.ts'
import type { StateStore } from '../../src/state/state-store.ts'

const KEY = { id: 'k1', secret: '11'.repeat(32) }
const NEWER = { id: 'k2', secret: '22'.repeat(32) }
const bytes = (text: string) => new TextEncoder().encode(text)

describe('a token vault', () => {
  let folder: string
  let store: StateStore

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'waterworks-vault-'))
    store = await openStateStore({ kind: 'sqlite', path: join(folder, 'state.db') })
  })

  afterEach(async () => {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })

  /** The tokens of values, as one stream gets them. */
  async function tokens(
    vault: TokenVault,
    keys: KeyRing,
    values: readonly string[],
  ): Promise<readonly string[]> {
    const policy = vault.policy(keys)
    await policy.prepare?.(values.map(bytes))
    return values.map((value) => policy.apply(bytes(value)))
  }

  it('gives streams that read at once the same tokens, however few it remembers', async () => {
    const vault = new TokenVault(async () => store, 3)
    const keys = new KeyRing([KEY])
    const values = Array.from({ length: 20 }, (_, i) => `person-${i % 10}@example.com`)
    const streams = await Promise.all(
      Array.from({ length: 4 }, (_, i) => tokens(vault, keys, values.slice(i * 3).concat(values))),
    )
    const byValue = new Map(values.map((value, i) => [value, streams[0]![i]!]))
    for (const [i, given] of streams.entries()) {
      const asked = values.slice(i * 3).concat(values)
      expect(given).toEqual(asked.map((value) => byValue.get(value)))
    }
    expect(new Set(byValue.values()).size).toBe(10)
  })

  it('leads back to a value with its key alone', async () => {
    const vault = new TokenVault(async () => store)
    const [token] = await tokens(vault, new KeyRing([KEY]), ['ada@example.com'])
    expect(token).not.toContain('ada')
    await expect(vault.reveal(token!, new KeyRing([KEY]))).resolves.toBe('ada@example.com')
    await expect(vault.reveal(token!, new KeyRing([NEWER]))).rejects.toMatchObject({ code: 'WW4606' })
    await expect(vault.reveal('tok_none', new KeyRing([KEY]))).rejects.toMatchObject({ code: 'WW4606' })
  })

  it('keeps the token of a value when the key is renewed', async () => {
    const vault = new TokenVault(async () => store)
    const before = await tokens(vault, new KeyRing([KEY]), ['ada@example.com'])
    const after = await tokens(vault, new KeyRing([NEWER, KEY]), ['ada@example.com', 'bob@example.com'])
    expect(after[0]).toBe(before[0])
    expect(after[1]).not.toBe(before[0])
  })
})
