import { hash } from 'node:crypto'

/**
 * SHA-256, in hex, of a plain value: the same for equal values whatever the order of their keys. Absent and undefined
 * keys are the same thing.
 */
export function fingerprint(value: unknown): string {
  return hash('sha256', canonical(value), 'hex')
}

function canonical(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'undefined'
  let text = ''
  if (Array.isArray(value)) {
    for (const item of value) text += `${canonical(item)},`
    return `[${text}]`
  }
  for (const key of Object.keys(value).sort()) {
    const item: unknown = Reflect.get(value, key)
    if (item !== undefined) text += `${JSON.stringify(key)}:${canonical(item)},`
  }
  return `{${text}}`
}
