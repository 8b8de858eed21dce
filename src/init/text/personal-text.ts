import type { Finding } from '../../privacy/recognise/judge-column.ts'
import { yamlOwn } from './yaml-text.ts'

/** `personal` of a pipeline or a table: what looks so, kept as it is until somebody decides, with what speaks for it. */
export function personalText(personal: readonly Finding[], indent: string): readonly string[] {
  if (personal.length === 0) return []
  return [
    `${indent}# These look personal, and are loaded as they are. Without "policy: keep" they are hashed or masked before anything is`,
    `${indent}# written (docs/personal-data.md); of what is not personal the kind is none.`,
    `${indent}personal:`,
    ...personal.map(
      ({ column, kind, share, looked }) =>
        `${indent}  ${yamlOwn(column)}: {kind: ${kind}, policy: keep} # ${Math.round(share * 100)} % of ${looked} values look so`,
    ),
  ]
}
