import { checkQuery, type QueryDialect } from '../../dbt/check-query.ts'
import { type Cte, cteName, injectCtes } from '../../dbt/inject-ctes.ts'
import type { Relation } from '../../engines/relation.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Project } from '../../project/project.ts'
import type { CheckRule } from '../../quality/check.ts'
import type { QueryCompiler } from './compile-queries.ts'
import type { GenericCheckDraft } from './draft-checks.ts'
import type { ModelDraft, SourceDraft } from './drafts.ts'

export interface JudgedRule {
  readonly rule: CheckRule
  /** Undefined where the rule became a query, as an ephemeral model is in no relation. */
  readonly relation: Relation | undefined
}

/**
 * The rule of a check with its tables filled in; a query where one of them is an ephemeral model. WW1211 for a rule
 * that cannot be written as one.
 */
export function judgedRule(
  { rule, subject, to, test, where }: GenericCheckDraft,
  compiler: QueryCompiler,
  project: Project,
  dialect: QueryDialect,
): JudgedRule {
  if (!isEphemeral(subject) && !(to && isEphemeral(to))) {
    const { relation } = subject
    if (rule.rule !== 'relationships') return { rule, relation }
    return { rule: { ...rule, to: to!.relation }, relation }
  }
  const table = (draft: ModelDraft | SourceDraft) =>
    isEphemeral(draft) ? cteName(draft.file.name) : dialect.relation(draft.relation)
  const rendered = rule.rule === 'relationships' ? { ...rule, to: table(to!) } : rule
  const query = checkQuery(rendered, table(subject), where, dialect)
  if (query === undefined) {
    throw new WaterworksError('WW1211', {
      message: `The test ${test.test} does not work on an ephemeral model yet.`,
      location: project.locate(test.origin),
      hint: 'Make the model a view, or write the test as a query under tests/.',
    })
  }
  const ctes = new Map<string, Cte>()
  for (const draft of [subject, to]) {
    if (draft && isEphemeral(draft)) for (const cte of compiler.ctesOf(draft)) ctes.set(cte.name, cte)
  }
  return { rule: { rule: 'sql', sql: injectCtes(query, [...ctes.values()]) }, relation: undefined }
}

function isEphemeral(draft: ModelDraft | SourceDraft): draft is ModelDraft {
  return 'config' in draft && draft.config.materialized === 'ephemeral'
}
