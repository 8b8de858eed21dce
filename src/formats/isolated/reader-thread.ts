import { parentPort } from 'node:worker_threads'
import { type ReaderAnswer, type ReaderKind, type ReaderTasks, UnreadableFile } from './reader-task.ts'

type Request =
  | { readonly [K in ReaderKind]: { readonly kind: K; readonly task: ReaderTasks[K] } }[ReaderKind]
  | 'next'

/** What the thread does: reads files with libraries that are made for good ones, a piece each time it is asked for one. */
const port = parentPort!
let pieces: AsyncIterator<unknown> | undefined

port.on('message', async (request: Request) => {
  try {
    pieces = request === 'next' ? pieces : await start(request)
    const next = await pieces!.next()
    answer(next.done === true ? { done: true } : { piece: next.value as never })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    answer(error instanceof UnreadableFile ? { problem: message } : { failure: message })
  }
})

async function start(request: Exclude<Request, 'next'>): Promise<AsyncIterator<unknown>> {
  if (request.kind === 'pdf') return (await import('../pdf/read-pdf.ts')).readPdf(request.task)
  return (await import('../media/read-media.ts')).readMedia(request.task)
}

function answer(given: ReaderAnswer<ReaderKind>): void {
  port.postMessage(given)
}
