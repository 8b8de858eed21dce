import type { Difference } from '../dbt-oracle/difference.ts'

/** A kind of difference that is understood, and why it is there. */
export interface KnownDifference {
  readonly project?: string
  /** Of `aspect where`. */
  readonly pattern: RegExp
  readonly reason: string
}

/** Differences that are meant, each with its reason. Those that are not here are shown as unexplained. */
export const knownDifferences: readonly KnownDifference[] = [
  {
    project: 'dbt-expectations',
    pattern: /timeseries_(?:data|base)/,
    reason: 'the rows are random: `timeseries_data` calls `random()`, and its tests may warn of them.',
  },
  {
    pattern: /^tables \.main\.fct_(?:documentation|test)_coverage\.rows\[\d+\]\[0\]/,
    reason: 'the moment of the run, in a column of its own.',
  },
  {
    pattern: /^(?:tables|compiled code) \.?(?:main\.|model\.dbt_project_evaluator\.)int_all_graph_resources/,
    reason:
      'columns stand in another order: the macro goes through a Python set, whose order is another in each of dbt’s runs.',
  },
  {
    project: 'dbt-data-reliability',
    pattern: /^(?:results|messages|tables) .*metrics_python_table/,
    reason: 'a model in Python, which does not run here; under dbt it fails as well, for want of its seed.',
  },
]

/** Why a difference is there; undefined when nobody has said. */
export function reasonOf(project: string, { aspect, where }: Difference): string | undefined {
  return knownDifferences.find(
    (known) =>
      (known.project === undefined || known.project === project) && known.pattern.test(`${aspect} ${where}`),
  )?.reason
}
