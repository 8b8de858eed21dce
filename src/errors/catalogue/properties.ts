import type { CatalogueEntry } from '../catalogue-entry.ts'

/** WW1xxx: what can be wrong in the files that describe models, sources and tests. */
export const propertiesErrors = {
  WW1032: {
    title: 'Something is described twice',
    cause: 'Two entries of the schema files describe the same model or source table.',
    remedy: 'Keep one of the two.',
  },
  WW1033: {
    title: 'Unknown test',
    cause:
      'A schema file uses a generic test that neither the platform nor the project defines. Every build of it fails; all else is done.',
    remedy: 'Correct the name; for a rule of your own write a query under tests/.',
  },
  WW1034: {
    title: 'Folder configuration that applies to nothing',
    cause: 'A path under `models:` in dbt_project.yml matches no model.',
    remedy: 'Correct or remove the path.',
  },
} as const satisfies Record<string, CatalogueEntry>
