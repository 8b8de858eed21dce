import { mkdtempSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { unpack } from '../../src/packages/fetch/unpack.ts'
import { tar } from './tar.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unpack-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('an archive', () => {
  it('is unpacked, long names and links included', () => {
    const long = `p/${'deep/'.repeat(30)}${'x'.repeat(120)}.sql`
    const top = unpack(
      gzipSync(
        tar([
          { path: 'p/', type: '5' },
          { path: 'p/a.sql', content: 'select 1' },
          { path: long, content: 'select 2' },
          { path: 'p/link', type: '2', target: 'a.sql' },
          { path: 'p/hard', type: '1', target: 'p/a.sql' },
        ]),
      ),
      folder,
      'it',
    )
    expect(top).toBe(join(folder, 'p'))
    expect(readFileSync(join(folder, long), 'utf8')).toBe('select 2')
    expect(readlinkSync(join(top, 'link'))).toBe('a.sql')
    expect(readFileSync(join(top, 'hard'), 'utf8')).toBe('select 1')
  })

  const outside = 'it cannot be unpacked: a path in it leads out of the package.'
  it.each([
    ['a path upwards', [{ path: 'p/../../out', content: 'x' }], outside],
    ['an absolute path', [{ path: '/tmp/out', content: 'x' }], outside],
    ['a path of another system', [{ path: 'p\\..\\..\\out', content: 'x' }], outside],
    [
      'a link upwards',
      [{ path: 'p/link', type: '2' as const, target: '../../out' }],
      'it cannot be unpacked: a link in it leads out of the package.',
    ],
    [
      'an absolute link',
      [{ path: 'p/link', type: '2' as const, target: '/etc/passwd' }],
      'it cannot be unpacked: a link in it leads out of the package.',
    ],
    ['a hard link upwards', [{ path: 'p/link', type: '1' as const, target: '../out' }], outside],
    [
      'a device',
      [{ path: 'p/null', type: '3' as const }],
      'it cannot be unpacked: it holds something that is no file, folder or link.',
    ],
    [
      'two folders',
      [
        { path: 'p/a', content: '' },
        { path: 'q/a', content: '' },
      ],
      'it cannot be unpacked: it must hold one folder, the package’s.',
    ],
  ])('with %s is refused', (_, entries, message) => {
    expect(() => unpack(tar(entries), folder, 'it')).toThrow(message)
  })

  it('does not write through its own links', () => {
    const entries = [
      { path: 'p/link', type: '2' as const, target: '.' },
      { path: 'p/link/a', content: 'x' },
    ]
    expect(() => unpack(tar(entries), folder, 'it')).toThrow('two things in it have one place')
  })

  it.each([
    ['cut short', (bytes: Buffer) => bytes.subarray(0, 600), 'it ends in the middle of a file'],
    ['damaged', (bytes: Buffer) => bytes.fill(1, 0, 4), 'a checksum is wrong'],
  ])('that is %s is refused', (_, damage, message) => {
    const bytes = tar([{ path: 'p/a', content: 'x'.repeat(1000) }])
    expect(() => unpack(damage(bytes), folder, 'it')).toThrow(message)
    expect(() => unpack(gzipSync(bytes).subarray(0, 30), folder, 'it')).toThrow('it is damaged')
  })
})
