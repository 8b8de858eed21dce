import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { cleanFolders } from '../../src/packages/clean-folders.ts'

let [around, root]: readonly string[] = []
beforeEach(() => {
  around = mkdtempSync(join(tmpdir(), 'waterworks-clean-'))
  root = join(around, 'project')
  for (const file of ['other/file', 'project/models/a.sql', 'project/target/file']) {
    mkdirSync(dirname(join(around, file)), { recursive: true })
    writeFileSync(join(around, file), 'x')
  }
})
afterEach(() => rmSync(around!, { recursive: true }))

it('removes a link and not what it leads to', () => {
  symlinkSync(join(around!, 'other'), join(root!, 'link'))
  expect(cleanFolders(root!, ['link', 'target', 'absent'], ['models'])).toEqual([
    join(root!, 'link'),
    join(root!, 'target'),
  ])
  expect(existsSync(join(around!, 'other/file'))).toBe(true)
  expect(readdirSync(root!)).toEqual(['models'])
})

it.each([
  '..',
  '../other',
  '/',
  '.',
  'models',
  'models/staging/..',
  '.waterworks',
  '.waterworks/landing',
  '.git',
  'out/other',
])('refuses %s, and then removes nothing', (target) => {
  symlinkSync(around!, join(root!, 'out'))
  expect(() => cleanFolders(root!, ['target', target], ['models'])).toThrow('is not cleaned')
  for (const file of ['other/file', 'project/models/a.sql', 'project/target/file']) {
    expect(existsSync(join(around!, file))).toBe(true)
  }
})
