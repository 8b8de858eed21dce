import type { Bounds } from '../quality/bounds.ts'
import type { Demand } from './contract-quality.ts'

/** What a demand says of a number, as bounds; undefined where it is not about a number. */
export function boundsOf(demand: Demand): Bounds | undefined {
  switch (demand.is) {
    case 'equal':
    case 'not equal': {
      const { to } = demand
      if (typeof to !== 'number' && typeof to !== 'bigint') return undefined
      return { min: to, max: to, ...(demand.is === 'not equal' ? { outside: true } : {}) }
    }
    case 'greater':
      return { min: demand.to, inclusive: false }
    case 'greater or equal':
      return { min: demand.to }
    case 'less':
      return { max: demand.to, inclusive: false }
    case 'less or equal':
      return { max: demand.to }
    case 'between':
      return { min: demand.low, max: demand.high }
    case 'not between':
      return { min: demand.low, max: demand.high, outside: true }
  }
}
