import fc from 'fast-check'

/** Random acyclic graphs: ids to the ids they read from. */
export function edges(max = 14): fc.Arbitrary<ReadonlyMap<string, readonly string[]>> {
  return fc
    .tuple(
      fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3, unit: fc.constantFrom(...'abcdef') }), {
        maxLength: max,
      }),
      fc.array(fc.tuple(fc.nat(max), fc.nat(max)), { maxLength: max * 2 }),
    )
    .map(([ids, pairs]) => {
      const parents = new Map(ids.map((id) => [id, new Set<string>()]))
      for (const [a, b] of pairs) {
        const [low, high] = [Math.min(a, b), Math.max(a, b)]
        if (low !== high && high < ids.length) parents.get(ids[high]!)!.add(ids[low]!)
      }
      return new Map([...parents].map(([id, set]) => [id, [...set].sort()]))
    })
}
