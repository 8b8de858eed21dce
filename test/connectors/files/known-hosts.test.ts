import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { fingerprint, hostKeyProblem, signaturesFor } from '../../../src/connectors/files/storage/host-key.ts'
import { knownHost } from '../../../src/connectors/files/storage/known-hosts.ts'

describe('a list of known hosts', () => {
  const [one, two] = ['one', 'two'].map((name) => {
    const type = Buffer.from('ssh-rsa')
    return Buffer.concat([Buffer.from([0, 0, 0, type.length]), type, Buffer.from(name)])
  }) as [Buffer, Buffer]
  const line = (names: string, key = one) => `${names} ssh-rsa ${key.toString('base64')}`
  const salt = Buffer.from('salt')
  const hashed = (name: string) =>
    `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`

  it.each([
    ['files.example.com', 22, true],
    ['other,Files.Example.com', 22, true],
    ['*.example.com', 22, true],
    ['*.example.com,!files.*', 22, false],
    ['file?.example.com', 22, true],
    ['files.example.com', 2222, false],
    ['[files.example.com]:2222', 2222, true],
    ['files.example.org', 22, false],
    ['filesXexample.com', 22, false],
    [hashed('files.example.com'), 22, true],
    [hashed('[files.example.com]:2222'), 2222, true],
    [hashed('other'), 22, false],
  ])('%s at %i: %s', (names, port, known) => {
    const { keys } = knownHost(`# a comment\n\n${line(names)}\nnonsense\n`, 'FILES.example.com', port)
    expect(keys).toEqual(known ? [one] : [])
  })

  it('tells revoked keys, and takes no authority for a key', () => {
    const list = ['@revoked * ', '@cert-authority * ', ''].map(
      (marker, index) => `${marker}${line('host', index === 0 ? two : one)}`,
    )
    const found = knownHost(list.map((each) => each.replace('* host', '*')).join('\n'), 'host', 22)
    expect(found).toEqual({ keys: [one], revoked: [two] })
    expect(hostKeyProblem(two, found)).toBe('revoked')
    expect(hostKeyProblem(one, { pinned: [fingerprint(two)] })).toBe('changed')
  })

  it('says which kind of key to ask for', () => {
    expect(signaturesFor({ keys: [one], revoked: [] })).toEqual(['rsa-sha2-512', 'rsa-sha2-256'])
    expect(signaturesFor({ keys: [], revoked: [] })).toBeUndefined()
    expect(signaturesFor({ pinned: ['ssh-ed25519 AAAA', fingerprint(one)] })).toBeUndefined()
    expect(signaturesFor({ pinned: ['ssh-ed25519 AAAA'] })).toEqual(['ssh-ed25519'])
  })
})
