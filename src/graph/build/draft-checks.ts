import { genericTestName, type TestSubject } from '../../dbt/generic-test-name.ts'
import { columnsOf, genericTestNames, type RuleDraft, readGenericTest } from '../../dbt/generic-tests.ts'
import type { Templates } from '../../dbt/templates.ts'
import type { Diagnostics } from '../../errors/diagnostics.ts'
import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { ModelProperties, Project, TestProperties } from '../../project/project.ts'
import { attempt } from './attempt.ts'
import type { ModelDraft, SourceDraft } from './drafts.ts'
import type { Names } from './names.ts'

/** A check from a schema.yml, its arguments understood and its tables found. */
export interface GenericCheckDraft {
  readonly uniqueId: string
  readonly name: string
  readonly shortName: string
  readonly test: TestProperties
  readonly where: string | undefined
  readonly rule: RuleDraft
  readonly subject: ModelDraft | SourceDraft
  /** The table that relationships point to. */
  readonly to: ModelDraft | SourceDraft | undefined
  readonly column: string | undefined
}

interface Intake {
  readonly project: Project
  readonly templates: Templates
  readonly names: Names
  readonly diagnostics: Diagnostics
}

/** Reads the tests of one model's or source table's properties. Problems: WW1033, WW1201, WW1202, WW1208, WW1210. */
export function draftGenericChecks(
  subject: ModelDraft | SourceDraft,
  properties: ModelProperties,
  intake: Intake,
): readonly GenericCheckDraft[] {
  const named: TestSubject =
    'file' in subject
      ? { kind: 'model', model: subject.file.name }
      : { kind: 'source', source: subject.source, table: subject.table }
  const described = properties.columns.map((column) => column.name)
  const entries = [
    ...properties.tests.map((test) => ({ test, column: undefined })),
    ...properties.columns.flatMap(({ name, tests }) => tests.map((test) => ({ test, column: name }))),
  ]
  return entries.flatMap(({ test, column }) => {
    const draft = attempt(intake.diagnostics, () => draftCheck(test, column, subject, named, intake))
    if (draft) warnOfMisspeltColumns(draft, described, intake)
    return draft ?? []
  })
}

function draftCheck(
  test: TestProperties,
  column: string | undefined,
  subject: ModelDraft | SourceDraft,
  named: TestSubject,
  { project, templates, names, diagnostics }: Intake,
): GenericCheckDraft | undefined {
  const location = project.locate(test.origin)
  const render = (text: string) => (/\{[{%]/.test(text) ? templates.renderText(text, test.origin.file) : text)
  const args = renderTexts(test.arguments, render)
  const reading = readGenericTest(test.test, args, column)
  if (!reading) {
    const near = suggest(test.test, genericTestNames)
    throw new WaterworksError('WW1033', {
      message: `There is no test "${test.test}".`,
      location,
      hint: near ? `Did you mean "${near}"?` : `There are ${genericTestNames.join(', ')}.`,
    })
  }
  for (const { message, hint } of reading.problems) {
    diagnostics.error(
      new WaterworksError('WW1208', { message: `The test ${test.test} ${message}.`, location, hint }),
    )
  }
  if (reading.problems.length > 0) return undefined
  const reference = reading.rule.rule === 'relationships' ? reading.rule.to : undefined
  const to = reference && names.find(reference)
  if (reference && !to && names.isReported(reference)) return undefined
  if (reference && !to) throw names.explain(reference, `The test ${test.test}`, location)
  const name = genericTestName(
    test.test,
    named,
    column === undefined ? test.arguments : { column_name: column, ...test.arguments },
    test.name,
  )
  return {
    uniqueId: `test.${project.name}.${name.full}.${name.hash}`,
    name: name.full,
    shortName: name.short,
    test,
    where: test.where === undefined ? undefined : render(test.where),
    rule: reading.rule,
    subject,
    to,
    column: column ?? soleColumn(reading.rule),
  }
}

/** Arguments may hold templates, at any depth; `to` holds a call without braces, and is left as it is. */
function renderTexts<T>(value: T, render: (text: string) => string): T
function renderTexts(value: unknown, render: (text: string) => string): unknown {
  if (typeof value === 'string') return render(value)
  if (Array.isArray(value)) return value.map((item) => renderTexts(item, render))
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).map(([key, item]) => [
      key,
      key === 'to' ? item : renderTexts(item, render),
    ])
    return Object.fromEntries(entries)
  }
  return value
}

function soleColumn(rule: RuleDraft): string | undefined {
  const [only, ...more] = columnsOf(rule)
  return more.length === 0 ? only : undefined
}

/** Not every column has to be described, so only a name that is almost a described one is worth a word. */
function warnOfMisspeltColumns(
  draft: GenericCheckDraft,
  described: readonly string[],
  { project, diagnostics }: Intake,
): void {
  const check = (table: string, columns: readonly string[], known: readonly string[]) => {
    const lower = new Set(known.map((name) => name.toLowerCase()))
    for (const column of columns) {
      const near = lower.has(column.toLowerCase()) ? undefined : suggest(column, known)
      if (near === undefined) continue
      diagnostics.warn(
        new WaterworksError('WW1210', {
          message: `The test ${draft.test.test} names the column "${column}", which is not described for ${table}.`,
          location: project.locate(draft.test.origin),
          hint: `Did you mean "${near}"?`,
        }),
      )
    }
  }
  check(nameOf(draft.subject), columnsOf(draft.rule), described)
  if (draft.rule.rule === 'relationships' && draft.to) {
    const known = draft.to.properties?.columns.map((column) => column.name) ?? []
    check(nameOf(draft.to), [draft.rule.field], known)
  }
}

function nameOf(subject: ModelDraft | SourceDraft): string {
  return 'file' in subject ? subject.file.name : `${subject.source}.${subject.table}`
}
