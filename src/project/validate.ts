import type { z } from 'zod'
import type { Intake } from './intake.ts'
import { describeIssue, type PlainIssue, plainIssues } from './schema-issue.ts'
import { type Path, removeAt, replaceAt, valueAt } from './yaml/value-at.ts'

export interface ValidationInput {
  readonly intake: Intake
  readonly file: string
  /** The document as written, for messages: values from the environment must not be shown. */
  readonly written: unknown
  /** The document to validate. */
  readonly document: unknown
  /** Paths (as JSON) of values from the environment: texts there may stand for numbers and booleans. */
  readonly fromEnvironment?: ReadonlySet<string>
  /** Values already reported, and removed from `document`. */
  readonly removed?: readonly Path[]
  /** Where the document stands in its file; the other paths are from the file's top. */
  readonly base?: Path
  /** dbt overlooks keys that it does not know: those that resemble no known key are warnings only. */
  readonly lenient?: boolean
}

/**
 * Validates a document and notes every problem at its place. What is wrong is then left out and the rest validated
 * again, so that checks across values can go on; undefined when something necessary is wrong or missing.
 */
export function validate<T>(schema: z.ZodType<T>, input: ValidationInput): T | undefined {
  let document = input.document
  const base = input.base ?? []
  const removed: Path[] = (input.removed ?? []).map((path) => path.slice(base.length))
  for (;;) {
    const result = schema.safeParse(document)
    if (result.success) return result.data
    const before = document
    const settled = [...removed]
    for (const issue of plainIssues(result.error.issues, document)) {
      const change = settle(schema, issue, input, settled)
      if (change)
        document = change.convert
          ? replaceAt(document, issue.path, change.convert)
          : removeAt(document, change.remove)
      if (change?.remove) removed.push(change.remove)
    }
    if (document === before) return undefined
  }
}

type Change =
  | { readonly remove: Path; readonly convert?: never }
  | { readonly remove?: never; readonly convert: (text: unknown) => unknown }

function settle(
  schema: z.ZodType,
  issue: PlainIssue,
  input: ValidationInput,
  removed: readonly Path[],
): Change | undefined {
  const { intake, file, base = [] } = input
  if (removed.some((path) => isPrefix(path, issue.path))) return undefined
  const convert = input.fromEnvironment?.has(JSON.stringify([...base, ...issue.path]))
    ? conversion(issue, valueAt(input.document, issue.path))
    : undefined
  if (convert) return { convert }
  const { code, finding, mayIgnore } = describeIssue(schema, issue, input.written)
  const origin = { file, path: [...base, ...issue.path] }
  if (mayIgnore && input.lenient) intake.warn(code, origin, finding)
  else intake.error(code, origin, finding)
  return issue.kind === 'missing' ? undefined : { remove: removable(issue.path) }
}

/** A text from the environment as the number or boolean that is asked for, when it is the text of one. */
function conversion(issue: PlainIssue, value: unknown): ((text: unknown) => unknown) | undefined {
  if (typeof value !== 'string') return undefined
  if (issue.expected === 'boolean' && /^(true|false)$/i.test(value))
    return (text) => /^true$/i.test(String(text))
  if ((issue.expected === 'number' || issue.expected === 'int') && /^-?\d+(\.\d+)?$/.test(value))
    return Number
  return undefined
}

/** An item is not taken out of its list, which would move the others: the whole list goes. */
function removable(path: Path): Path {
  return path.slice(0, path.findLastIndex((segment) => typeof segment === 'string') + 1)
}

function isPrefix(prefix: Path, path: Path): boolean {
  return prefix.length <= path.length && prefix.every((segment, index) => segment === path[index])
}
