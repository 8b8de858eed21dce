import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { findFiles, likelyFiles } from '../../src/init/find-files.ts'
import { groupFiles } from '../../src/init/group-files.ts'

async function folderOf(names: readonly string[]): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'waterworks-init-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  for (const name of names) {
    await mkdir(dirname(join(root, name)), { recursive: true })
    await writeFile(join(root, name), '')
  }
  return root
}

test('documents, pictures, sounds and films of a folder go together, whatever they are called', async () => {
  const root = await folderOf([
    'photos/beach.jpg',
    'photos/town.png',
    'photos/sea.mp4',
    'letters/ada.pdf',
    'orders.csv',
    'notes.txt',
  ])
  const { files, passedOver } = await findFiles(root, ['photos', 'letters/*', '*.*'])
  expect(passedOver).toEqual(['notes.txt'])
  const groups = await groupFiles(files, root, async () => 'alike')
  expect(groups.map(({ table, paths }) => [table, paths])).toEqual([
    ['photos', ['photos/*.{jpg,png}']],
    ['sea', ['photos/sea.mp4']],
    ['ada', ['letters/ada.pdf']],
    ['orders', ['orders.csv']],
  ])
})

test('documents and pictures are no data that is proposed', async () => {
  const root = await folderOf(['logo.png', 'data/scan.pdf', 'data/orders.csv'])
  expect(await likelyFiles(root)).toEqual([join(root, 'data/orders.csv')])
})
