import type { Method } from './selection-method.ts'
import { unknownWord } from './unknown-word.ts'

const LEVELS = ['private', 'protected', 'public']

/** `access:` models by who may refer to them. */
export const accessMethod: Method = ({ value, text }) => {
  if (!LEVELS.includes(String(value))) throw unknownWord('access level', String(value), text, LEVELS)
  return ({ resource_type, access }) => resource_type === 'model' && access === value
}
