import type { CatalogueEntry } from '../catalogue-entry.ts'

/** WW7xxx: what can be wrong with how a command was called. */
export const commandLineErrors = {
  WW7001: {
    title: 'The command line cannot be read',
    cause: 'A command, flag or argument that does not exist, or a value a flag does not take.',
    remedy: 'See `waterworks --help`, and `waterworks COMMAND --help` for a command’s flags.',
  },
  WW7002: {
    title: 'Unknown target',
    cause: 'The target named on the command line is not among the project’s.',
    remedy: 'Name one of the targets in waterworks.yml or profiles.yml.',
  },
  WW7003: {
    title: 'Variables that cannot be read',
    cause: 'The text after --vars is not a YAML mapping.',
    remedy: 'Write it as --vars "{name: value}".',
  },
} as const satisfies Record<string, CatalogueEntry>
