import { wildcard } from '../wildcard.ts'
import type { Method } from './selection-method.ts'

/** `package:` a package by name; `this` is the root project. */
export const packageMethod: Method = ({ value }, { graph }) => {
  const matches = wildcard(value === 'this' ? graph.project : String(value))
  return (member) => matches(member.package_name)
}
