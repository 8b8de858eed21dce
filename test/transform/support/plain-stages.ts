import { WHITE_SPACE } from '../../../src/transform/white-space.ts'

/** A row as it arrives. */
export type ModelRow = Readonly<Record<string, number | string | null>>

export type ModelOperation =
  | { readonly kind: 'trim' | 'null_if' | 'fill' | 'filter' | 'window' | 'rollup' }
  | { readonly kind: 'require'; readonly onNull: 'drop' | 'quarantine' }
  | { readonly kind: 'dedupe'; readonly descending: boolean }
  | { readonly kind: 'cast'; readonly onMisfit: 'null' | 'quarantine' }
  | { readonly kind: 'explode'; readonly onMisfit: 'null' | 'quarantine'; readonly onEmpty: 'keep' | 'drop' }
  | { readonly kind: 'unpivot'; readonly nulls: 'keep' | 'drop' }

interface Piece {
  readonly arrived: number
  readonly added: number
  readonly folded: number | null
  readonly fate: 'filtered' | 'duplicate' | 'rejected' | undefined
  readonly columns: ModelRow
}

export interface ModelOutcome {
  /** The operations as a pipeline file has them. */
  readonly yaml: string
  readonly rows: readonly ModelRow[]
  readonly counts: {
    readonly filtered: number
    readonly deduplicated: number
    readonly expanded: number
    readonly folded: number
    readonly rejected: number
  }
}

/** The operations done one row after another, on plain objects: slow and plain to see. */
export function model(rows: readonly ModelRow[], operations: readonly ModelOperation[]): ModelOutcome {
  let pieces: readonly Piece[] = rows.map((columns, arrived) => ({
    ...{ arrived, columns, added: 0, folded: null, fate: undefined },
  }))
  const yaml: string[] = []
  let exploded = false
  for (const operation of operations) {
    // The array is gone after it was taken apart.
    if (operation.kind === 'explode' && exploded) continue
    exploded ||= operation.kind === 'explode'
    yaml.push(`- ${written(operation)}`)
    pieces = done(operation, pieces)
  }
  const whole = wholeRecords(pieces)
  const kept = whole.filter((piece) => piece.fate !== 'rejected')
  const count = (fate: Piece['fate']) => kept.filter((piece) => piece.fate === fate).length
  return {
    yaml: yaml.join('\n') || '[]',
    rows: whole.filter((piece) => piece.fate === undefined).map((piece) => piece.columns),
    counts: {
      filtered: count('filtered'),
      deduplicated: count('duplicate'),
      expanded: kept.reduce((sum, piece) => sum + piece.added, 0),
      folded: kept.reduce((sum, piece) => sum + (piece.folded ?? 0), 0),
      rejected: new Set(whole.filter((piece) => piece.fate === 'rejected').map((piece) => piece.arrived))
        .size,
    },
  }
}

function written(operation: ModelOperation): string {
  switch (operation.kind) {
    case 'trim':
      return 'trim: t'
    case 'null_if':
      return 'null_if: {columns: t, blank: true, placeholders: true}'
    case 'fill':
      return 'fill: {n: 2}'
    case 'filter':
      return 'filter: n > 0'
    case 'window':
      return 'window: {column: w, expression: row_number(), partition_by: k, order_by: n}'
    case 'rollup':
      return 'rollup: {by: k, measures: {rows: count(*), total: sum(n)}}'
    case 'require':
      return `require: {columns: n, on_null: ${operation.onNull}}`
    case 'dedupe':
      return `dedupe: {keys: k, order_by: n ${operation.descending ? 'desc' : 'asc'}}`
    case 'cast':
      return `derive: {column: c, expression: t}\n- cast: {columns: {c: integer}, on_misfit: ${operation.onMisfit}}`
    case 'explode':
      return `explode: {column: j, into: e, type: integer, position: p, on_empty: ${operation.onEmpty}, on_misfit: ${operation.onMisfit}}`
    case 'unpivot':
      return `unpivot: {columns: [k, n], nulls: ${operation.nulls}}`
  }
}

function done(operation: ModelOperation, pieces: readonly Piece[]): readonly Piece[] {
  const live = pieces.filter((piece) => piece.fate === undefined)
  const each = (change: (columns: ModelRow) => ModelRow) =>
    pieces.map((piece) => ({ ...piece, columns: change(piece.columns) }))
  const judged = (fate: Piece['fate'], is: (piece: Piece) => boolean) =>
    pieces.map((piece) => (piece.fate === undefined && is(piece) ? { ...piece, fate } : piece))
  switch (operation.kind) {
    case 'trim':
      return each((columns) => ({ ...columns, t: mapText(columns['t'], strip) }))
    case 'null_if':
      return each((columns) => ({ ...columns, t: mapText(columns['t'], (t) => (isNothing(t) ? null : t)) }))
    case 'fill':
      return each((columns) => ({ ...columns, n: columns['n'] ?? 2 }))
    case 'filter':
      return judged('filtered', ({ columns }) => !(Number(columns['n'] ?? 0) > 0))
    case 'require':
      return judged(
        operation.onNull === 'drop' ? 'filtered' : 'rejected',
        ({ columns }) => columns['n'] === null,
      )
    case 'dedupe': {
      const losers = new Set(
        groups(live, 'k').flatMap((group) => {
          const first = group.reduce((best, piece) =>
            precedes(piece, best, operation.descending) ? piece : best,
          )
          return group.filter((piece) => piece !== first)
        }),
      )
      return judged('duplicate', (piece) => losers.has(piece))
    }
    case 'cast': {
      const integer = (columns: ModelRow) => mapText(columns['t'], readInteger)
      const misfits = operation.onMisfit === 'quarantine'
      const marked = misfits
        ? judged('rejected', ({ columns }) => columns['t'] !== null && integer(columns) === null)
        : pieces
      return marked.map((piece) => ({
        ...piece,
        columns: { ...piece.columns, c: piece.fate === undefined ? integer(piece.columns) : null },
      }))
    }
    case 'window': {
      const turns = new Map<Piece, number>()
      for (const group of groups(live, 'k')) {
        const placed = group.toSorted((a, b) => byNumber(a, b, false))
        for (const [index, piece] of placed.entries()) turns.set(piece, index + 1)
      }
      return pieces.map((piece) => ({ ...piece, columns: { ...piece.columns, w: turns.get(piece) ?? null } }))
    }
    case 'explode':
      return pieces.flatMap((piece) => explode(piece, operation))
    case 'unpivot':
      return pieces.flatMap((piece) => unpivot(piece, operation.nulls))
    case 'rollup': {
      const whole = wholeRecords(pieces)
      const folded = groups(
        whole.filter((piece) => piece.fate === undefined),
        'k',
      ).map((group): Piece => {
        const known = group.flatMap(({ columns }) => (columns['n'] === null ? [] : [Number(columns['n'])]))
        const total = known.length === 0 ? null : known.reduce((sum, n) => sum + n, 0)
        return {
          arrived: group[0]!.arrived,
          added: group.reduce((sum, { added }) => sum + added, 0),
          folded: group.length - 1,
          fate: undefined,
          columns: { k: group[0]!.columns['k'] ?? null, rows: group.length, total },
        }
      })
      return [...folded, ...whole.filter((piece) => piece.fate !== undefined)]
    }
  }
}

function explode(
  piece: Piece,
  { onMisfit, onEmpty }: Extract<ModelOperation, { kind: 'explode' }>,
): readonly Piece[] {
  const { j = null, ...others } = piece.columns
  const one = (e: number | null, p: number | null, more: Partial<Piece> = {}): Piece => ({
    ...piece,
    ...more,
    columns: { ...others, e, p },
  })
  if (piece.fate !== undefined) return [one(null, null)]
  const elements = j === null ? [] : readArray(String(j))
  if (elements === undefined && onMisfit === 'quarantine') return [one(null, null, { fate: 'rejected' })]
  if (elements === undefined || elements.length === 0)
    return [one(null, null, onEmpty === 'drop' ? { fate: 'filtered' } : {})]
  return elements.map((element, index) => {
    const e = element === null ? null : readInteger(String(element))
    const isMisfit = element !== null && e === null && onMisfit === 'quarantine'
    return one(e, index + 1, {
      added: index === 0 ? piece.added : 1,
      ...(isMisfit ? { fate: 'rejected' as const } : {}),
    })
  })
}

function unpivot(piece: Piece, nulls: 'keep' | 'drop'): readonly Piece[] {
  const { k = null, n = null, ...others } = piece.columns
  const made = [
    { ...others, name: 'k', value: k },
    { ...others, name: 'n', value: n },
  ]
  if (piece.fate !== undefined) return [{ ...piece, columns: made[0]! }]
  return made.map((columns, index) => ({
    ...piece,
    columns,
    added: index === 0 ? piece.added : 1,
    fate: nulls === 'drop' && columns.value === null ? ('filtered' as const) : undefined,
  }))
}

function wholeRecords(pieces: readonly Piece[]): readonly Piece[] {
  const rejected = new Set(pieces.filter((piece) => piece.fate === 'rejected').map((piece) => piece.arrived))
  return pieces.map((piece) =>
    piece.folded === null && rejected.has(piece.arrived) ? { ...piece, fate: 'rejected' } : piece,
  )
}

function groups(pieces: readonly Piece[], column: string): readonly Piece[][] {
  return [...Map.groupBy(pieces, (piece) => piece.columns[column]).values()]
}

/** Of rows alike the later one is the first. */
function precedes(piece: Piece, other: Piece, descending: boolean): boolean {
  return byNumber(piece, other, descending) <= 0
}

function byNumber(a: Piece, b: Piece, descending: boolean): number {
  const [x, y] = [a.columns['n'] ?? null, b.columns['n'] ?? null]
  if (x === y) return 0
  if (x === null) return 1
  if (y === null) return -1
  return descending ? Number(y) - Number(x) : Number(x) - Number(y)
}

function mapText<T>(value: ModelRow[string] | undefined, change: (text: string) => T): T | null {
  return value === null || value === undefined ? null : change(String(value))
}

const SPACES = new Set(WHITE_SPACE)

function strip(text: string): string {
  const characters = [...text]
  const first = characters.findIndex((each) => !SPACES.has(each))
  return first < 0
    ? ''
    : characters.slice(first, characters.findLastIndex((each) => !SPACES.has(each)) + 1).join('')
}

function isNothing(text: string): boolean {
  return ['', 'n/a', '-', 'nan', '.', '?', '--', '---', 'na', 'nil'].includes(strip(text).toLowerCase())
}

function readInteger(text: string): number | null {
  if (!/^ *[+-]?\d+ *$/.test(text)) return null
  const value = Number(text)
  return value >= -2147483648 && value <= 2147483647 ? value : null
}

function readArray(text: string): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
