import { open, stat } from 'node:fs/promises'
import { WaterworksError } from '../../../errors/waterworks-error.ts'
import { type RemoteFile, RemoteFileChanged, type RemoteStore, StoreRefusal } from './remote-store.ts'

/** How often a cut transfer is gone on with, and the first pause before it, which doubles. */
export interface DownloadPatience {
  readonly retries: number
  readonly pauseMs: number
}

/**
 * Brings a file of a store to `target`. Where the connection is cut, it goes on behind the bytes that came, and begins to
 * count tries anew whenever some did. Throws RemoteFileChanged when the file is another meanwhile, WW4015 when tries are used up
 * or the store refuses.
 */
export async function download(
  store: RemoteStore,
  file: RemoteFile,
  target: string,
  { retries, pauseMs }: DownloadPatience,
): Promise<void> {
  let done = 0
  for (let failed = 0; ; ) {
    const before = done
    try {
      await append(await store.open(file, done), target, done === 0 ? 'w' : 'a')
      done = (await stat(target)).size
      if (done === file.size) return
      // A store that gives another number of bytes than it listed gives another file.
      if (done > file.size) throw new RemoteFileChanged(file.path)
      throw new WaterworksError('WW4015', {
        message: `${store.scheme}${file.path} came cut short, with ${done} of ${file.size} bytes`,
      })
    } catch (error) {
      if (error instanceof RemoteFileChanged || error instanceof StoreRefusal) throw error
      done = await stat(target).then(
        ({ size }) => size,
        () => 0,
      )
      failed = done > before ? 1 : failed + 1
      if (failed > retries) throw asStoreError(error, store, file)
      await new Promise((resolve) => setTimeout(resolve, pauseMs * 2 ** (failed - 1)))
    }
  }
}

/** What came before a connection was cut is written: a stream of files would drop what it had not flushed. */
async function append(bytes: AsyncIterable<Uint8Array>, target: string, flags: 'w' | 'a'): Promise<void> {
  const handle = await open(target, flags)
  try {
    for await (const part of bytes) await handle.writeFile(part)
  } finally {
    await handle.close()
  }
}

function asStoreError(error: unknown, { scheme }: RemoteStore, { path }: RemoteFile): WaterworksError {
  if (error instanceof WaterworksError) return error
  const reason = error instanceof Error ? error.message : String(error)
  return new WaterworksError('WW4015', { message: `${scheme}${path}: ${reason}`, cause: error })
}
