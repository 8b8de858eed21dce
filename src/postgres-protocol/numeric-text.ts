const SPECIAL: ReadonlyMap<number, string> = new Map([
  [0xc000, 'NaN'],
  [0xd000, 'Infinity'],
  [0xf000, '-Infinity'],
])

/** A binary `numeric` (as the numeric reader explains it) as PostgreSQL writes it out. */
export function numericText(bytes: Uint8Array, at: number): string {
  const word = (index: number): number => (bytes[at + index * 2]! << 8) | bytes[at + index * 2 + 1]!
  const [count, weight, sign, scale] = [word(0), (word(1) << 16) >> 16, word(2), word(3)]
  const special = SPECIAL.get(sign)
  if (special !== undefined) return special
  const group = (index: number): string =>
    (index >= 0 && index < count ? String(word(4 + index)) : '0').padStart(4, '0')
  let whole = ''
  for (let index = 0; index <= weight; index++) whole += group(index)
  let fraction = ''
  for (let index = weight + 1; fraction.length < scale; index++) fraction += group(index)
  const digits = whole.replace(/^0+/, '') || '0'
  return `${sign === 0x4000 ? '-' : ''}${digits}${scale > 0 ? `.${fraction.slice(0, scale)}` : ''}`
}
