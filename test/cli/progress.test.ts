import { describe, expect, test } from 'vitest'
import { createProgress } from '../../src/cli/progress.ts'
import type { Event } from '../../src/events/event.ts'
import type { Graph } from '../../src/graph/graph.ts'
import { EMPTY_LEDGER } from '../../src/ledger/ledger.ts'
import { NO_MANIFEST } from '../graph/sample-graph.ts'
import { testOutput } from './support/screen.ts'

const graph: Graph = {
  project: 'shop',
  nodes: new Map(),
  children: new Map(),
  manifest: NO_MANIFEST,
  warnings: [],
}
const stamp = { runId: 'run', at: '2026-01-01T00:00:00.000Z' }

function started(...tasks: string[]): Event {
  return {
    type: 'run-started',
    ...stamp,
    command: 'build',
    target: 'dev',
    tasks,
    selection: { select: [], exclude: [] },
  }
}

function finished(node: string, status: 'success' | 'failed' | 'skipped', message = ''): Event {
  return {
    type: 'task-finished',
    ...stamp,
    node,
    fingerprint: '',
    status,
    seconds: 1.5,
    rows: 1200,
    ledger: EMPTY_LEDGER,
    message,
    published: [],
  }
}

describe('progress', () => {
  test('is a line a node where there is no terminal', () => {
    const { output, err, out } = testOutput()
    const progress = createProgress(output, graph)
    progress.event(started('a', 'b'))
    progress.event({ type: 'task-started', ...stamp, node: 'a', attempt: 1 })
    progress.event(finished('a', 'success'))
    progress.event(finished('b', 'skipped', 'a did not succeed'))
    progress.end()
    expect(err.written).toBe(
      'Running 2 nodes on dev\n1 of 2  success a in 1.50 s, 1,200 rows\n2 of 2  skipped b, 1,200 rows: a did not succeed\n',
    )
    expect(out.written).toBe('')
  })

  test('says nothing when quiet', () => {
    const { output, err } = testOutput({ quiet: true }, true)
    const progress = createProgress(output, graph)
    progress.event(started('a'))
    progress.event(finished('a', 'failed'))
    progress.end()
    expect(err.written).toBe('')
  })

  test('is redrawn in place on a terminal, with messages above it, and leaves only those behind', () => {
    const { output, err } = testOutput({}, true)
    const progress = createProgress(output, graph)
    progress.event(started('a', 'b', 'c'))
    progress.event({ type: 'task-started', ...stamp, node: 'a', attempt: 1 })
    output.log('a message from a template')
    progress.event({
      type: 'step-finished',
      ...stamp,
      node: 'a',
      stream: 's',
      step: 'extract',
      rows: 4000,
      seconds: 1,
    })
    progress.event(finished('b', 'failed', 'no such column'))
    expect(err.shown[0]).toBe('a message from a template')
    expect(err.shown[1]).toMatch(/^failed {2}b in 1.50 s.*: no such column$/)
    expect(err.shown[2]).toMatch(/^░+ 0 of 3 nodes/)
    progress.end()
    expect(err.shown.slice(0, 2)).toEqual([
      'a message from a template',
      'failed  b in 1.50 s, 1,200 rows: no such column',
    ])
    expect(err.shown.slice(2).join('')).toBe('')
  })

  test('shows rows, bytes, rate and time left of each stream that is extracted', async () => {
    const { output, err } = testOutput({}, true)
    const progress = createProgress(output, graph)
    const told = { node: 'a', rows: 0, bytes: 0, expected: { bytes: 4_000_000 } }
    progress.event(started('a'))
    progress.event({ type: 'task-started', ...stamp, node: 'a', attempt: 1 })
    progress.stream?.({ ...told, stream: 's' })
    await expect.poll(() => err.shown.join('\n')).toMatch(/ {2}a {2}extract, 0 B of 4\.0 MB, 0\.\d\d s\n/)
    progress.stream?.({ ...told, stream: 's', rows: 1000, bytes: 1_000_000 })
    progress.stream?.({ ...told, stream: 't', rows: 7, bytes: 900, expected: {} })
    await expect
      .poll(() => err.shown.join('\n'))
      .toMatch(
        / {2}a\.s {2}extract, 1,000 rows, 1\.0 MB of 4\.0 MB, [\d.]+ [kM]B\/s, [\d.]+ s, [\d.]+ s left\n/,
      )
    expect(err.shown.join('\n')).toMatch(/ {2}a\.t {2}extract, 7 rows, 900 B, /)
    for (const stream of ['s', 't']) {
      progress.event({
        type: 'step-finished',
        ...stamp,
        node: 'a',
        stream,
        step: 'extract',
        rows: 1007,
        seconds: 1,
      })
    }
    await expect.poll(() => err.shown.join('\n')).toMatch(/ {2}a {2}loading, 2,014 rows, /)
    progress.end()
  })

  test('shows what is running at its next turn', async () => {
    const { output, err } = testOutput({}, true)
    const progress = createProgress(output, graph)
    progress.event(started('a', 'b'))
    progress.event({ type: 'task-started', ...stamp, node: 'a', attempt: 2 })
    progress.event({
      type: 'step-finished',
      ...stamp,
      node: 'a',
      stream: 's',
      step: 'extract',
      rows: 4000,
      seconds: 1,
    })
    await expect.poll(() => err.shown[0]).toMatch(/^ {2}a {2}loading, 4,000 rows, attempt 2, /)
    progress.event(finished('a', 'success'))
    await expect.poll(() => err.shown[0]).toMatch(/^█{12}░{12} 1 of 2 nodes/)
    progress.end()
  })
})
