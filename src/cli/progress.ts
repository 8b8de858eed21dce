import type { Event, TaskFinished } from '../events/event.ts'
import type { Graph } from '../graph/graph.ts'
import type { Output } from './output.ts'
import { sayAmount, sayCount, saySeconds } from './say-number.ts'
import { fitWidth } from './text-width.ts'

export interface Progress {
  event(event: Event): void
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
    const shown = [...running].slice(0, SHOWN_AT_ONCE).map(([id, task]) => describe(nameOf(id, graph), task))
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
          })
          break
        case 'step-finished': {
          const task = running.get(event.node)
          if (task !== undefined) {
            task.step = event.step === 'extract' ? 'loading' : event.step
            task.rows += event.step === 'extract' ? event.rows : 0
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
    end() {
      if (timer === undefined) return
      clearInterval(timer)
      timer = undefined
      output.live([])
    },
  }
}

function describe(name: string, { startedAt, attempt, rows, step }: Running): string {
  const said = [
    step,
    rows === 0 ? '' : sayAmount(rows, 'row'),
    attempt > 1 ? `attempt ${attempt}` : '',
    saySeconds((performance.now() - startedAt) / 1000),
  ]
  return `  ${name}  ${said.filter(Boolean).join(', ')}`
}

function bar(done: number, total: number): string {
  const full = total === 0 ? 0 : Math.round((done / total) * BAR_WIDTH)
  return `${'█'.repeat(full)}${'░'.repeat(BAR_WIDTH - full)}`
}

function ending(event: TaskFinished, graph: Graph): string {
  const seconds = event.status === 'skipped' ? '' : ` in ${saySeconds(event.seconds)}`
  const rows = event.rows > 0 ? `, ${sayAmount(event.rows, 'row')}` : ''
  const message = event.message ? `: ${event.message}` : ''
  return `${event.status.padEnd(8)}${nameOf(event.node, graph)}${seconds}${rows}${message}`
}

function nameOf(id: string, graph: Graph): string {
  return graph.nodes.get(id)?.name ?? id
}
