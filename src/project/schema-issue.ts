import type { z } from 'zod'
import type { ErrorCode } from '../errors/catalogue.ts'
import { suggest } from '../errors/suggest.ts'
import type { Finding } from './intake.ts'
import { fieldAt, keysAt } from './schema-shape.ts'
import { isMapping } from './yaml/is-mapping.ts'
import { isSecretKey } from './yaml/line-text.ts'
import { type Path, valueAt } from './yaml/value-at.ts'

type Issue = z.core.$ZodIssue

/** One problem of one value: unions are decided and lists of unknown keys taken apart. */
export interface PlainIssue {
  readonly kind: 'unknown key' | 'missing' | 'kind' | 'choice' | 'value'
  readonly path: Path
  readonly expected?: string
  readonly choices?: readonly string[]
  readonly message?: string
}

/** The issues of one failed validation, one per value, in the order in which they were found. */
export function plainIssues(issues: readonly Issue[], document: unknown): PlainIssue[] {
  return issues.flatMap((issue) => plain(issue, [], document))
}

function plain(issue: Issue, base: Path, document: unknown): PlainIssue[] {
  const path: Path = [...base, ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))]
  const value = valueAt(document, path)
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ kind: 'unknown key', path: [...path, key] }))
    case 'invalid_type':
      return [{ kind: value === undefined ? 'missing' : 'kind', path, expected: issue.expected }]
    case 'invalid_value':
      return [{ kind: value === undefined ? 'missing' : 'choice', path, choices: issue.values.map(String) }]
    case 'invalid_union':
      return union(issue, path, value, document)
    case 'invalid_key':
    case 'invalid_element':
      return issue.issues.map((inner) => ({ kind: 'value', path, message: inner.message }))
    default:
      return [{ kind: 'value', path, message: issue.message }]
  }
}

/** Of a union's members, the issues of the first whose kind the value has. */
function union(
  issue: z.core.$ZodIssueInvalidUnion,
  path: Path,
  value: unknown,
  document: unknown,
): PlainIssue[] {
  if (issue.discriminator !== undefined) {
    const choices = 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : []
    return [{ kind: value === undefined ? 'missing' : 'choice', path, choices }]
  }
  if (value === undefined) return [{ kind: 'missing', path }]
  const wrongKind = ({ path: inside, code }: Issue): boolean =>
    inside.length === 0 &&
    (code === 'invalid_type' || (code === 'invalid_value' && typeof value === 'object'))
  const fitting = issue.errors.filter((errors) => !errors.some(wrongKind))
  const best = fitting[0]
  if (best) return best.flatMap((inner) => plain(inner, path, document))
  const expected = issue.errors
    .flat()
    .flatMap((inner) => (inner.code === 'invalid_type' ? [inner.expected] : []))
  return [{ kind: 'kind', path, expected: [...new Set(expected)].join(' or ') }]
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  bigint: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
  null: 'null',
}

export interface IssueDescription {
  readonly code: ErrorCode
  readonly finding: Finding
  /** What was probably meant. */
  readonly near?: string | undefined
  /** An unknown key that resembles no known one. */
  readonly mayIgnore: boolean
}

/** An issue in words, with its code and a remedy. `written` is the document before the environment came into it. */
export function describeIssue(schema: z.ZodType, issue: PlainIssue, written: unknown): IssueDescription {
  const parent = issue.path.slice(0, -1)
  const key = String(issue.path.at(-1) ?? '')
  const name = pathName(issue.path)
  switch (issue.kind) {
    case 'unknown key': {
      const known = keysAt(schema, parent, written).filter((candidate) => candidate !== key)
      const near = suggest(key, known)
      return {
        code: 'WW1004',
        finding: {
          message: `unknown key "${shown(key)}"${parent.length > 0 ? ` in ${pathName(parent)}` : ''}`,
          hint: near
            ? `Did you mean "${near}"?`
            : known.length === 0
              ? undefined
              : `Known here: ${known.join(', ')}.`,
          part: 'key',
        },
        mayIgnore: near === undefined,
      }
    }
    case 'missing': {
      const description = fieldAt(schema, parent, written, key)?.description
      const owner = parent.length > 0 ? pathName(parent) : 'the file'
      const hint = description ? `Add "${key}": ${description}` : `Add "${key}".`
      const choices = issue.choices?.length ? ` One of ${issue.choices.join(', ')}.` : ''
      return {
        code: 'WW1005',
        finding: { message: `${owner} has no "${key}"`, hint: hint + choices },
        mayIgnore: false,
      }
    }
    case 'kind': {
      const expected = (issue.expected ?? '').split(' or ').map((kind) => KINDS[kind] ?? kind)
      const kinds = [...new Set(expected)].join(' or ')
      const value = valueAt(written, issue.path)
      const message = `${name || 'the file'} must be ${kinds}, not ${kindOf(value)}`
      const yesOrNo =
        issue.expected === 'boolean' && typeof value === 'string' && /^(yes|no|on|off)$/i.test(value)
      const hint = yesOrNo
        ? 'Write true or false: yes, no, on and off are texts here, as in YAML 1.2.'
        : undefined
      return { code: 'WW1006', finding: { message, hint }, mayIgnore: false }
    }
    case 'choice': {
      const value = valueAt(written, issue.path)
      const choices = issue.choices ?? []
      const hidden = isSecretKey(key) || typeof value === 'object'
      const near = typeof value === 'string' ? suggest(value, choices) : undefined
      return {
        code: 'WW1007',
        finding: {
          message: `${name} must be ${listed(choices)}, not ${hidden ? kindOf(value) : `"${shown(String(value))}"`}`,
          hint: near ? `Did you mean "${near}"?` : undefined,
        },
        near,
        mayIgnore: false,
      }
    }
    case 'value':
      return { code: 'WW1008', finding: { message: `${name} ${issue.message}`.trim() }, mayIgnore: false }
  }
}

/** A path as people write it: `models[0].columns[2].name`. */
export function pathName(path: Path): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${shown(part)}`))
    .join('')
}

function listed(choices: readonly string[]): string {
  return choices.length < 2 ? choices.join('') : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`
}

function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'empty'
  if (Array.isArray(value)) return 'a list'
  if (isMapping(value)) return 'a mapping'
  if (typeof value === 'string') return 'a text'
  if (typeof value === 'boolean') return 'true or false'
  return Number.isInteger(value) || typeof value === 'bigint' ? 'a whole number' : 'a number'
}
