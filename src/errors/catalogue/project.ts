import type { CatalogueEntry } from '../catalogue-entry.ts'

/** WW1xxx: what can be wrong in the files of a project. */
export const projectErrors = {
  WW1001: {
    title: 'Not a Waterworks project',
    cause: 'Neither waterworks.yml nor dbt_project.yml was found in the folder or any folder above it.',
    remedy: 'Run the command inside a project, or name one with --project-dir.',
  },
} as const satisfies Record<string, CatalogueEntry>
