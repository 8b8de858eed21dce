import type { Batch, Column } from '../../batch/batch.ts'
import { valueTexts } from '../value-texts.ts'
import { type Finding, judgeColumn } from './judge-column.ts'

/** So many rows of a batch are looked at, evenly through it; of JSON fewer, for it must be parsed. */
const ROWS = 400
const JSON_ROWS = 100
const DEEPEST = 6
/** What is longer is text about something, in which a form of its own is not to be found. */
const LONGEST = 300

const decoder = new TextDecoder()

/** What the columns of a batch look like, by a sample of their values; of JSON each place within it. */
export function judgeBatch({ rows, columns }: Batch): readonly Finding[] {
  return columns.flatMap((column) => {
    const found = judgeColumn(column.name, sampleOf(column, rows, ROWS))
    return found === undefined ? judgeWithin(column, rows) : [found]
  })
}

function sampleOf(column: Column, rows: number, most: number): readonly string[] {
  const textAt = valueTexts(column)
  const step = Math.max(1, rows / most)
  const sample: string[] = []
  for (let at = 0; at < rows; at += step) {
    const value = textAt(Math.floor(at))
    if (value !== undefined && value.length <= LONGEST) sample.push(decoder.decode(value))
  }
  return sample
}

function judgeWithin(column: Column, rows: number): readonly Finding[] {
  if (column.type.kind !== 'json') return []
  const textAt = valueTexts(column)
  const step = Math.max(1, rows / JSON_ROWS)
  const places = new Map<string, string[]>()
  for (let at = 0; at < rows; at += step) {
    const value = textAt(Math.floor(at))
    if (value !== undefined) gather(parsed(decoder.decode(value)), column.name, places, 0)
  }
  places.delete(column.name)
  return [...places].flatMap(([path, sample]) => judgeColumn(path, sample) ?? [])
}

function gather(value: unknown, path: string, places: Map<string, string[]>, depth: number): void {
  if (value === null || value === undefined || depth > DEEPEST) return
  if (Array.isArray(value)) for (const item of value) gather(item, path, places, depth + 1)
  else if (typeof value === 'object') {
    for (const [name, inner] of Object.entries(value)) gather(inner, `${path}.${name}`, places, depth + 1)
  } else if (String(value).length <= LONGEST) {
    const known = places.get(path)
    if (known === undefined) places.set(path, [String(value)])
    else known.push(String(value))
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
