import type { Event, TaskFinished } from '../events/event.ts'
import type { Graph } from '../graph/graph.ts'
import type { StreamProgress } from '../run/stream-progress.ts'
import type { Output } from './output.ts'
import { sayAmount, sayBytes, sayCount, saySeconds } from './say-number.ts'
import { fitWidth } from './text-width.ts'

export interface Progress {
  event(event: Event): void
  /** Hears how far extractions are; absent where nobody watches. */
  readonly stream?: (progress: StreamProgress) => void
  /** Leaves nothing of a live view behind. Safe to call twice. */
  end(): void
}

/**
 * Tells how a run goes: on a terminal a view of what is running with a bar of what is done, redrawn in place;
 * elsewhere a line for each node as it ends.
 */
export function createProgress(output: Output, graph: Graph): Progress {
  return output.interactive ? liveProgress(output, graph) : plainProgress(output, graph)
}

function plainProgress(output: Output, graph: Graph): Progress {
  let total = 0
  let done = 0
  return {
    event(event) {
      if (event.type === 'run-started') {
        total = event.tasks.length
        output.log(`Running ${sayAmount(total, 'node')} on ${event.target}`)
      }
      if (event.type !== 'task-finished') return
      done += 1
      // Of a check that need not be asked again there is nothing to say.
      if (event.status === 'reused' && graph.nodes.get(event.node)?.kind === 'check') return
      output.log(`${String(done).padStart(String(total).length)} of ${total}  ${ending(event, graph)}`)
    },
    end() {},
  }
}

/** A tenth of a second: often enough to look alive, seldom enough to cost nothing. */
const REDRAW_MS = 100
const BAR_WIDTH = 24
const SHOWN_AT_ONCE = 8

interface Running {
  readonly startedAt: number
  readonly attempt: number
  rows: number
  step: string
  /** Extractions under way, by stream. */
  readonly streams: Map<string, Extraction>
}

interface Extraction {
  readonly startedAt: number
  progress: StreamProgress
}

function liveProgress(output: Output, graph: Graph): Progress {
  const { logPaint: paint } = output
  const startedAt = performance.now()
  const running = new Map<string, Running>()
  let total = 0
  let done = 0
  let failed = 0
  let timer: NodeJS.Timeout | undefined
  const draw = () => {
    const shown = [...running]
      .slice(0, SHOWN_AT_ONCE)
      .flatMap(([id, task]) => describe(nameOf(id, graph), task))
    const more = running.size - shown.length
    const elapsed = saySeconds((performance.now() - startedAt) / 1000)
    const said = failed === 0 ? '' : `, ${paint.error(`${sayCount(failed)} failed`)}`
    const lines = [...shown, ...(more > 0 ? [`  and ${sayCount(more)} more`] : [])]
    output.live([
      ...lines.map((line) => fitWidth(line, output.logWidth - 1)),
      `${bar(done, total)} ${sayCount(done)} of ${sayAmount(total, 'node')}${said}, ${elapsed}`,
    ])
  }
  return {
    event(event) {
      switch (event.type) {
        case 'run-started':
          total = event.tasks.length
          timer ??= setInterval(draw, REDRAW_MS)
          timer.unref()
          draw()
          break
        case 'task-started':
          running.set(event.node, {
            startedAt: running.get(event.node)?.startedAt ?? performance.now(),
            attempt: event.attempt,
            rows: 0,
            step: '',
            streams: new Map(),
          })
          break
        case 'step-finished': {
          const task = running.get(event.node)
          if (task !== undefined) {
            task.step = event.step === 'extract' ? 'loading' : event.step
            task.rows += event.step === 'extract' ? event.rows : 0
            if (event.step === 'extract') task.streams.delete(event.stream)
          }
          break
        }
        case 'task-finished':
          running.delete(event.node)
          done += 1
          if (event.status === 'failed') {
            failed += 1
            output.log(paint.error(ending(event, graph)))
          }
          break
      }
    },
    stream(progress) {
      const streams = running.get(progress.node)?.streams
      const startedAt = streams?.get(progress.stream)?.startedAt ?? performance.now()
      streams?.set(progress.stream, { startedAt, progress })
    },
    end() {
      if (timer === undefined) return
      clearInterval(timer)
      timer = undefined
      output.live([])
    },
  }
}

/** A line for the task, or one for each stream that it extracts. */
function describe(name: string, task: Running): readonly string[] {
  const streams = [...task.streams.values()]
  if (streams.length > 0) {
    const apart = streams.length > 1
    return streams.map(
      (each) => `  ${apart ? `${name}.${each.progress.stream}` : name}  ${sayExtraction(each)}`,
    )
  }
  const { startedAt, attempt, rows, step } = task
  const said = [
    step,
    rows === 0 ? '' : sayAmount(rows, 'row'),
    attempt > 1 ? `attempt ${attempt}` : '',
    saySeconds((performance.now() - startedAt) / 1000),
  ]
  return [`  ${name}  ${said.filter(Boolean).join(', ')}`]
}

/** Rows, bytes of how many, the rate and the time left, as far as each can be known. */
function sayExtraction({ startedAt, progress }: Extraction): string {
  const { rows, bytes, expected } = progress
  const seconds = (performance.now() - startedAt) / 1000
  const share = shareOf(progress)
  const said = [
    'extract',
    rows === 0 ? '' : sayAmount(rows, 'row'),
    expected.bytes === undefined ? sayBytes(bytes) : `${sayBytes(bytes)} of ${sayBytes(expected.bytes)}`,
    bytes > 0 && seconds >= RATE_AFTER_SECONDS ? `${sayBytes(bytes / seconds)}/s` : '',
    saySeconds(seconds),
    share > 0 && share < 1 && seconds >= RATE_AFTER_SECONDS
      ? `${saySeconds((seconds / share) * (1 - share))} left`
      : '',
  ]
  return said.filter(Boolean).join(', ')
}

/** Before that a rate says nothing. */
const RATE_AFTER_SECONDS = 0.5

function shareOf({ rows, bytes, expected }: StreamProgress): number {
  if (expected.rows !== undefined && expected.rows > 0) return Math.min(1, rows / expected.rows)
  return expected.bytes !== undefined && expected.bytes > 0 ? Math.min(1, bytes / expected.bytes) : 0
}

function bar(done: number, total: number): string {
  const full = total === 0 ? 0 : Math.round((done / total) * BAR_WIDTH)
  return `${'█'.repeat(full)}${'░'.repeat(BAR_WIDTH - full)}`
}

function ending(event: TaskFinished, graph: Graph): string {
  const seconds =
    event.status === 'skipped' || event.status === 'reused' ? '' : ` in ${saySeconds(event.seconds)}`
  const rows = event.rows > 0 ? `, ${sayAmount(event.rows, 'row')}` : ''
  const message = event.message ? `: ${event.message}` : ''
  return `${event.status.padEnd(8)}${nameOf(event.node, graph)}${seconds}${rows}${message}`
}

function nameOf(id: string, graph: Graph): string {
  return graph.nodes.get(id)?.name ?? id
}
