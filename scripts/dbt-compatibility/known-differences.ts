import type { Difference } from '../dbt-oracle/difference.ts'

/** A kind of difference that is understood, and why it is there. */
export interface KnownDifference {
  readonly project?: string
  /** Of `aspect where`. */
  readonly pattern: RegExp
  readonly reason: string
}

/** Differences that are understood, each with its reason. Those that are not here are shown as unexplained. */
export const knownDifferences: readonly KnownDifference[] = [
  {
    project: 'dbt-expectations',
    pattern: /^(?:exit code|(?:tables|results|messages) .*timeseries_)/,
    reason:
      'the rows are random: models named `timeseries_…` call `random()`, and a test of them may warn or fail.',
  },
  {
    pattern: /^(?:tables|compiled code) \.?(?:main\.|model\.dbt_project_evaluator\.)int_all_graph_resources/,
    reason:
      'columns stand in another order: the macro goes through a Python set, whose order is another in each of dbt’s runs.',
  },
  {
    project: 'dbt-audit-helper',
    pattern: /^(?:results|messages|compiled code) \.?unit_test\./,
    reason:
      'dbt stops at the first unit test of a model that fails, and takes them in the order of a Python set: it is another that fails, and others that are skipped.',
  },
  {
    project: 'dbt-audit-helper',
    pattern: /^order /,
    reason: 'the unit tests of a model are taken in another order.',
  },
  {
    project: 'dbt-audit-helper',
    pattern: /^compiled code model\..*compare_and_classify_query_results/,
    reason: 'the moment of the run, in the query.',
  },
  {
    project: 'dbt-data-reliability',
    pattern: /metrics_python_table/,
    reason: 'a model in Python, which does not run here; under dbt it fails as well, for want of its seed.',
  },
  {
    project: 'dbt-data-reliability',
    pattern: /^(?:tables|compiled code) \.?(?:main_elementary|model\.elementary)\./,
    reason:
      'the package records what runs it: ids and times of the run, versions, words of error messages, the macros that a model depends on, and hashes of all these.',
  },
  {
    pattern: /^manifest .*\.depends_on\.macros/,
    reason:
      'the macros that a node depends on: dbt adds those that it meets while it runs a node, and its own below them.',
  },
]

/** Why a difference is there; undefined when nobody has said. */
export function reasonOf(project: string, { aspect, where }: Difference): string | undefined {
  return knownDifferences.find(
    (known) =>
      (known.project === undefined || known.project === project) && known.pattern.test(`${aspect} ${where}`),
  )?.reason
}
