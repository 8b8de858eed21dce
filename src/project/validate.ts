import type { z } from 'zod'
import { PyFloat } from '../jinja/values/float.ts'
import type { Intake } from './intake.ts'
import { describeIssue, type PlainIssue, plainIssues } from './schema-issue.ts'
import { isPrefix, type Path, removeAt, replaceAt, valueAt } from './yaml/value-at.ts'

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
  /**
   * dbt overlooks keys that it does not know: `lenient`, those that resemble no known key are warnings only; `silent`, none
   * of them is spoken of.
   */
  readonly unknownKeys?: 'lenient' | 'silent'
  /** Whether any key may stand at a path: one that is not known is a warning there, whatever it resembles. */
  readonly takesAnyKey?: (path: Path) => boolean
  /** Told of every key that is left out without being a mistake. */
  readonly onOverlooked?: (path: Path, value: unknown) => void
}

/**
 * Validates a document and notes every problem at its place. What is wrong is then left out, or taken for what was
 * probably meant, and the rest validated again, so that checks across values can go on; undefined when nothing is left.
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
      const reported = settled.some((path) => isPrefix(path, issue.path))
      const repair = settle(schema, issue, before, input, reported)
      if (repair.kind === 'replace') document = replaceAt(document, issue.path, () => repair.value)
      else {
        document = removeAt(document, repair.path)
        removed.push(repair.path)
      }
    }
    if (document === before) return undefined
  }
}

type Repair =
  | { readonly kind: 'replace'; readonly value: unknown }
  | { readonly kind: 'remove'; readonly path: Path }

/** @param document as the issue was found in it: what was replaced once and is still wrong is not replaced again */
function settle(
  schema: z.ZodType,
  issue: PlainIssue,
  document: unknown,
  input: ValidationInput,
  reported: boolean,
): Repair {
  const { intake, file, base = [], written } = input
  const given = valueAt(document, issue.path)
  if (given instanceof PyFloat) return { kind: 'replace', value: given.value }
  const origin = { file, path: [...base, ...issue.path] }
  if (input.fromEnvironment?.has(JSON.stringify(origin.path))) {
    const value = fromText(issue, given)
    if (value !== undefined) return { kind: 'replace', value }
  }
  const { code, finding, near, mayIgnore } = describeIssue(schema, issue, written)
  const isUnknown = issue.kind === 'unknown key'
  const anyKey = isUnknown && input.takesAnyKey?.(issue.path) === true
  const silent = isUnknown && input.unknownKeys === 'silent'
  const lenient = (mayIgnore || anyKey) && input.unknownKeys === 'lenient'
  if (silent || lenient) input.onOverlooked?.(issue.path, given)
  if (!reported && !silent) {
    if (lenient) intake.warn(code, origin, finding)
    else intake.error(code, origin, finding)
  }
  if (issue.kind === 'choice' && near !== undefined) return { kind: 'replace', value: near }
  return { kind: 'remove', path: removable(issue.kind === 'missing' ? issue.path.slice(0, -1) : issue.path) }
}

/** A text from the environment as the number or boolean that is asked for, when it is the text of one. */
function fromText(issue: PlainIssue, value: unknown): unknown {
  if (typeof value !== 'string') return undefined
  if (issue.expected === 'boolean' && /^(true|false)$/i.test(value)) return /^true$/i.test(value)
  const number = issue.expected === 'number' || issue.expected === 'int'
  return number && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined
}

/** An item is not taken out of its list, which would move the others: the whole list goes. */
function removable(path: Path): Path {
  return path.slice(0, path.findLastIndex((segment) => typeof segment === 'string') + 1)
}
