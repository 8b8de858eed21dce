import { binary } from '../../jinja/values/arithmetic.ts'
import { hostFunction } from '../../jinja/values/host-function.ts'
import { HostObject } from '../../jinja/values/host-object.ts'
import { iterate } from '../../jinja/values/iterate.ts'
import type { Kwargs } from '../../jinja/values/kwargs.ts'
import { asInteger } from '../../jinja/values/number.ts'
import { PythonError } from '../../jinja/values/python-error.ts'
import { isTrue } from '../../jinja/values/size.ts'
import { PyTuple } from '../../jinja/values/tuple.ts'

/** More than any template means: what is endless in Python ends here. */
const most = 100_000

type Run = (args: readonly unknown[], kwargs: Kwargs) => unknown

const functions: Readonly<Record<string, Run>> = {
  chain: (args) => args.flatMap((items) => [...iterate(items)]),
  product: (args, { repeat = 1 }) => {
    const pools = Array.from({ length: whole(repeat) }, () => args.map((items) => [...iterate(items)])).flat()
    return tuples(
      pools.reduce<unknown[][]>(
        (made, pool) => made.flatMap((before) => pool.map((item) => [...before, item])),
        [[]],
      ),
    )
  },
  permutations: ([items, size]) => {
    const pool = [...iterate(items)]
    return tuples(permutations(pool, size === undefined || size === null ? pool.length : whole(size)))
  },
  combinations: ([items, size]) => tuples(combinations([...iterate(items)], whole(size), false)),
  combinations_with_replacement: ([items, size]) =>
    tuples(combinations([...iterate(items)], whole(size), true)),
  zip_longest: (args, { fillvalue = null }) => {
    const lists = args.map((items) => [...iterate(items)])
    const length = Math.max(0, ...lists.map((list) => list.length))
    return tuples(
      Array.from({ length }, (_, at) => lists.map((list) => (at < list.length ? list[at] : fillvalue))),
    )
  },
  accumulate: ([items, combine]) => {
    const sums: unknown[] = []
    for (const item of iterate(items)) {
      sums.push(sums.length === 0 ? item : combined(sums.at(-1), item, combine))
    }
    return sums
  },
  compress: ([items, selectors]) => {
    const keep = [...iterate(selectors)]
    return [...iterate(items)].filter((_, at) => at < keep.length && isTrue(keep[at]))
  },
  islice: ([items, ...bounds]) => {
    const [start, stop, step = 1] = bounds.length === 1 ? [0, bounds[0]] : bounds
    const to = stop === null || stop === undefined ? undefined : whole(stop)
    const by = step === null ? 1 : whole(step)
    const from = start === null ? 0 : whole(start)
    return [...iterate(items)].slice(from, to).filter((_, at) => at % by === 0)
  },
  starmap: ([called, items]) => Array.from(iterate(items), (args) => invoked(called, [...iterate(args)])),
  repeat: ([item, times]) => Array.from({ length: times === undefined ? most : whole(times) }, () => item),
  count: ([start = 0, step = 1]) =>
    Array.from({ length: most }, (_, at) => binary('+', start, binary('*', step, at))),
  cycle: ([items]) => {
    const pool = [...iterate(items)]
    return pool.length === 0 ? [] : Array.from({ length: most }, (_, at) => pool[at % pool.length])
  },
  tee: ([items, copies = 2]) => {
    const pool = [...iterate(items)]
    return new PyTuple(Array.from({ length: whole(copies) }, () => [...pool]))
  },
}

/** `modules.itertools`, as lists: what is endless in Python stops after 100,000 items. */
export const itertoolsModule: Readonly<Record<string, unknown>> = Object.fromEntries(
  Object.entries(functions).map(([name, run]) => [name, hostFunction(name, run)]),
)

function tuples(lists: readonly (readonly unknown[])[]): PyTuple[] {
  return lists.map((items) => new PyTuple([...items]))
}

function permutations(pool: readonly unknown[], size: number): unknown[][] {
  if (size === 0) return [[]]
  return pool.flatMap((item, at) =>
    permutations([...pool.slice(0, at), ...pool.slice(at + 1)], size - 1).map((rest) => [item, ...rest]),
  )
}

function combinations(pool: readonly unknown[], size: number, repeated: boolean): unknown[][] {
  if (size === 0) return [[]]
  return pool.flatMap((item, at) =>
    combinations(pool.slice(repeated ? at : at + 1), size - 1, repeated).map((rest) => [item, ...rest]),
  )
}

function combined(a: unknown, b: unknown, combine: unknown): unknown {
  return combine === undefined || combine === null ? binary('+', a, b) : invoked(combine, [a, b])
}

function invoked(called: unknown, args: readonly unknown[]): unknown {
  if (called instanceof HostObject && called.call) return called.call(args, {})
  throw new PythonError('TypeError', 'a function is needed')
}

function whole(value: unknown): number {
  const integer = asInteger(value)
  if (integer === undefined) throw new PythonError('TypeError', 'an integer is required')
  return Number(integer)
}
