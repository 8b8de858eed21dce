import { wildcard } from '../wildcard.ts'
import type { Method } from './selection-method.ts'

/** `file:` the name of a file, with or without its ending. */
export const fileMethod: Method = ({ value }) => {
  const matches = wildcard(String(value))
  return ({ original_file_path: path }) => {
    const name = path.slice(path.lastIndexOf('/') + 1)
    return matches(name) || matches(name.replace(/(?<=.)\.[^.]*$/, ''))
  }
}
