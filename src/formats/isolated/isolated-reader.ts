import { Worker } from 'node:worker_threads'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import {
  type ReaderAnswer,
  type ReaderKind,
  type ReaderPieces,
  type ReaderTasks,
  UnreadableFile,
} from './reader-task.ts'

export interface ReaderLimits {
  /** Of the thread, over what it has when it begins to read. */
  readonly memoryMb: number
  /** For one piece. */
  readonly pieceMs: number
}

const USUAL_LIMITS: ReaderLimits = { memoryMb: 1024, pieceMs: 60_000 }
/** How often the thread's memory is looked at while it works. */
const WATCH_MS = 200
const MB = 1 << 20

/** The thread that did well, to be used again: starting one takes longer than reading a file. */
let idle: Worker | undefined

/**
 * What a file holds, read in a thread of its own with bounds on memory and time, so that a file that was made to break its reader breaks
 * nothing else. Throws UnreadableFile for one that is not what it should be or goes beyond the bounds, and WW4002 when the reader
 * itself fails.
 */
export async function* readIsolated<Kind extends ReaderKind>(
  kind: Kind,
  task: ReaderTasks[Kind],
  limits: ReaderLimits = USUAL_LIMITS,
): AsyncGenerator<ReaderPieces[Kind]> {
  const worker = idle ?? newThread(limits)
  idle = undefined
  let isWell = false
  try {
    for (let request: unknown = { kind, task }; ; request = 'next') {
      const answer = await ask<Kind>(worker, request, limits)
      if ('failure' in answer)
        throw new WaterworksError('WW4002', { message: `${task.file}: ${answer.failure}` })
      if ('problem' in answer) throw new UnreadableFile(answer.problem)
      if ('done' in answer) {
        isWell = true
        return
      }
      yield answer.piece
    }
  } finally {
    if (isWell && idle === undefined && limits === USUAL_LIMITS) idle = worker
    else await worker.terminate()
  }
}

function newThread({ memoryMb }: ReaderLimits): Worker {
  // The bundle has the thread's part beside its own.
  const name = import.meta.url.endsWith('.ts') ? './reader-thread.ts' : './reader-thread.js'
  const worker = new Worker(new URL(name, import.meta.url), {
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  })
  worker.unref()
  return worker
}

async function ask<Kind extends ReaderKind>(
  worker: Worker,
  request: unknown,
  { memoryMb, pieceMs }: ReaderLimits,
): Promise<ReaderAnswer<Kind>> {
  // Until it has answered, the process must not end.
  worker.ref()
  const { promise, resolve, reject } = Promise.withResolvers<ReaderAnswer<Kind>>()
  const tooMuch = (of: string) => reject(new UnreadableFile(`reading it takes more than ${of}`))
  const onError = (error: Error & { readonly code?: string }) => {
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') tooMuch(`${memoryMb} MB of memory`)
    else
      reject(new WaterworksError('WW4002', { message: `the reader ended: ${error.message}`, cause: error }))
  }
  const onExit = () => reject(new WaterworksError('WW4002', { message: 'the reader ended' }))
  const timer = setTimeout(() => tooMuch(`${pieceMs / 1000} s`), pieceMs)
  const watch = setInterval(() => {
    // Bytes lie outside of the heap that the thread's own limit is about.
    worker.getHeapStatistics().then(
      ({ external_memory: bytes }) => bytes > memoryMb * MB && tooMuch(`${memoryMb} MB of memory`),
      () => undefined,
    )
  }, WATCH_MS)
  worker.on('message', resolve).on('error', onError).on('exit', onExit)
  try {
    worker.postMessage(request)
    return await promise
  } finally {
    clearTimeout(timer)
    clearInterval(watch)
    worker.off('message', resolve).off('error', onError).off('exit', onExit)
    worker.unref()
  }
}
