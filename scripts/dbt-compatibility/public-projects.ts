import { jaffleShopCsvs } from './jaffle-shop-csvs.ts'
import type { PinnedPackage, PublicProject } from './public-project.ts'

const UTILS = pinned('dbt_utils', 'dbt-labs/dbt-utils', '1.4.1')

const DEFAULTS = {
  revision: 'HEAD',
  folder: 'integration_tests',
  profile: 'integration_tests',
  schema: 'main',
  packages: [] as readonly PinnedPackage[],
  local: {} as Readonly<Record<string, string>>,
  setup: (_folder: string): readonly string[] => [],
  commands: [['build']],
}

/** The public projects that are to run unmodified. */
export const publicProjects: readonly PublicProject[] = [
  {
    ...DEFAULTS,
    name: 'jaffle_shop_duckdb',
    repository: 'dbt-labs/jaffle_shop_duckdb',
    folder: '',
    profile: 'jaffle_shop',
  },
  {
    ...DEFAULTS,
    name: 'jaffle-shop',
    repository: 'dbt-labs/jaffle-shop',
    folder: '',
    profile: 'default',
    packages: [
      pinned('dbt_utils', 'dbt-labs/dbt-utils', '1.3.3'),
      pinned('dbt_date', 'godatadriven/dbt-date', '0.17.1'),
      pinned('audit_helper', 'dbt-labs/dbt-audit-helper', 'HEAD'),
    ],
    setup: jaffleShopCsvs,
    commands: [['seed', '--full-refresh', '--vars', '{load_source_data: true}'], ['build']],
  },
  { ...DEFAULTS, name: 'dbt-utils', repository: 'dbt-labs/dbt-utils', local: { dbt_utils: '..' } },
  {
    ...DEFAULTS,
    name: 'dbt-expectations',
    repository: 'metaplane/dbt-expectations',
    packages: [pinned('dbt_date', 'godatadriven/dbt-date', '0.21.0')],
    local: { dbt_expectations: '..' },
  },
  { ...DEFAULTS, name: 'dbt-date', repository: 'godatadriven/dbt-date', local: { dbt_date: '..' } },
  {
    ...DEFAULTS,
    name: 'dbt-project-evaluator',
    repository: 'dbt-labs/dbt-project-evaluator',
    packages: [UTILS],
    local: { dbt_project_evaluator: '..', exclude_package: 'exclude_package' },
    commands: [['build', '--full-refresh']],
  },
  {
    ...DEFAULTS,
    name: 'dbt-project-evaluator, second project',
    repository: 'dbt-labs/dbt-project-evaluator',
    folder: 'integration_tests_2',
    packages: [UTILS],
    local: { dbt_project_evaluator: '..' },
    commands: [
      ['seed', '--full-refresh'],
      ['run', '--full-refresh'],
    ],
  },
  {
    ...DEFAULTS,
    name: 'dbt-audit-helper',
    repository: 'dbt-labs/dbt-audit-helper',
    packages: [UTILS],
    local: { audit_helper: '..' },
  },
  {
    ...DEFAULTS,
    name: 'dbt-codegen',
    repository: 'dbt-labs/dbt-codegen',
    packages: [UTILS],
    local: { codegen: '..' },
    commands: [['run-operation', 'create_source_table'], ['seed', '--full-refresh'], ['run'], ['test']],
  },
  {
    ...DEFAULTS,
    name: 'dbt_stripe',
    repository: 'fivetran/dbt_stripe',
    // The last one that fivetran_utils 0.4.10 is enough for.
    revision: 'v1.7.0',
    // Its seeds are where its models look for their sources only if the target's schema is this one.
    schema: 'stripe_integrations_tests',
    packages: [
      pinned('fivetran_utils', 'fivetran/dbt_fivetran_utils', 'v0.4.10'),
      pinned('spark_utils', 'dbt-labs/spark-utils', '0.3.3'),
      UTILS,
    ],
    local: { stripe: '..' },
  },
  {
    ...DEFAULTS,
    name: 'sushi_dbt',
    repository: 'TobikoData/sqlmesh',
    folder: 'examples/sushi_dbt',
    profile: 'sushi',
    schema: 'sushi',
    local: { customers: 'packages/customers' },
  },
  {
    ...DEFAULTS,
    name: 'sushi_test',
    repository: 'TobikoData/sqlmesh',
    folder: 'tests/fixtures/dbt/sushi_test',
    profile: 'sushi',
    schema: 'sushi',
    setup: (folder) => [
      'create schema raw',
      ...['items', 'orders', 'order_items'].map(
        (table) =>
          `create table raw.${table} as select * from read_csv('${folder}/source_data/${table}.csv')`,
      ),
    ],
  },
  {
    ...DEFAULTS,
    name: 'simple_dbt_project',
    repository: 'josephmachado/simple_dbt_project',
    folder: '',
    profile: 'sde_dbt_tutorial',
    packages: [
      pinned('dbt_utils', 'dbt-labs/dbt-utils', '1.1.1'),
      pinned('dbt_expectations', 'calogica/dbt-expectations', '0.9.0'),
      pinned('dbt_date', 'calogica/dbt-date', '0.8.1'),
    ],
    commands: [['snapshot'], ['run'], ['test']],
  },
  {
    ...DEFAULTS,
    name: 'dbt-data-reliability',
    repository: 'elementary-data/dbt-data-reliability',
    folder: 'integration_tests/dbt_project',
    profile: 'elementary_tests',
    packages: [UTILS],
    local: { elementary: '../..' },
  },
]

function pinned(name: string, repository: string, revision: string): PinnedPackage {
  return { name, repository, revision }
}
