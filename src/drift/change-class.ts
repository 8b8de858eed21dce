import type { RealChange } from './column-change.ts'

/**
 * What a change asks of people: an added column is usually safe, a renamed one is to be mapped, another type to be assessed, and a
 * removed column is critical.
 */
export type ChangeClass = 'safe' | 'map' | 'assess' | 'critical'

const CLASSES: Readonly<Record<RealChange['kind'], ChangeClass>> = {
  added: 'safe',
  renamed: 'map',
  widened: 'assess',
  changed: 'assess',
  removed: 'critical',
}

/** The class of a change. */
export function changeClass({ kind }: RealChange): ChangeClass {
  return CLASSES[kind]
}
