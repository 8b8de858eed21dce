/**
 * The keys of `parents`, each after all of its parents; among those that could come next, the least by code unit
 * order. Parents that are not keys themselves are ignored. The input must have no cycle: see find-cycles.ts.
 */
export function toposort(parents: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const waitingFor = new Map<string, number>()
  const children = new Map<string, string[]>()
  const ready: string[] = []
  for (const [id, ids] of parents) {
    let count = 0
    for (const parent of new Set(ids)) {
      if (!parents.has(parent)) continue
      count++
      const list = children.get(parent)
      if (list) list.push(id)
      else children.set(parent, [id])
    }
    waitingFor.set(id, count)
    if (count === 0) pushToHeap(ready, id)
  }
  const order: string[] = []
  while (ready.length > 0) {
    const id = popFromHeap(ready)
    order.push(id)
    for (const child of children.get(id) ?? []) {
      const left = waitingFor.get(child)! - 1
      waitingFor.set(child, left)
      if (left === 0) pushToHeap(ready, child)
    }
  }
  if (order.length !== parents.size) throw new RangeError('toposort needs a graph without cycles')
  return order
}

function pushToHeap(heap: string[], value: string): void {
  let index = heap.push(value) - 1
  while (index > 0) {
    const above = (index - 1) >> 1
    if (heap[above]! <= value) break
    heap[index] = heap[above]!
    index = above
  }
  heap[index] = value
}

function popFromHeap(heap: string[]): string {
  const least = heap[0]!
  const last = heap.pop()!
  if (heap.length === 0) return least
  let index = 0
  for (;;) {
    let below = 2 * index + 1
    if (below >= heap.length) break
    if (below + 1 < heap.length && heap[below + 1]! < heap[below]!) below++
    if (heap[below]! >= last) break
    heap[index] = heap[below]!
    index = below
  }
  heap[index] = last
  return least
}
