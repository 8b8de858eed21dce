import type { CatalogueEntry } from '../catalogue-entry.ts'

/** WW7xxx: what can be wrong with how a command was called. */
export const commandLineErrors = {
  WW7001: {
    title: 'The command line cannot be read',
    cause: 'A command, flag or argument that does not exist, or a value a flag does not take.',
    remedy: 'See `waterworks --help`, and `waterworks COMMAND --help` for a command’s flags.',
  },
  WW7003: {
    title: 'Variables that cannot be read',
    cause: 'The text after --vars is not a YAML mapping.',
    remedy: 'Write it as --vars "{name: value}".',
  },
  WW7004: {
    title: 'Nothing has been built on this target yet',
    cause: 'The command reads the warehouse, and the target has none so far.',
    remedy: 'Run `waterworks build` first, or name another target with --target.',
  },
  WW7005: {
    title: 'Nothing has this name',
    cause: 'The argument is neither a node of the project nor a table of the warehouse.',
    remedy: 'See `waterworks ls` for the names of the project.',
  },
  WW7006: {
    title: 'Not built on this target yet',
    cause: 'The project has the node, but its table or view is not in the warehouse.',
    remedy: 'Build it: `waterworks build --select NAME`.',
  },
  WW7007: {
    title: 'No such run',
    cause: 'No recorded run has this id, or the beginning of an id fits several.',
    remedy: 'See `waterworks runs` for the ids.',
  },
  WW7008: {
    title: 'No such quarantined row or held load',
    cause: 'The id is not in the quarantine, or no landed load that waits has it.',
    remedy: 'See `waterworks quarantine list` for what there is.',
  },
  WW7009: {
    title: 'A project is there already',
    cause: '`waterworks init` was asked to write where a project or one of its files is.',
    remedy: 'Name another folder: `waterworks init NAME`. Files that exist are never overwritten.',
  },
  WW7012: {
    title: 'The output file cannot be written',
    cause: 'The folder of --output does not exist, or may not be written, or the disk is full.',
    remedy: 'Name a file in a folder that exists and that this user may write.',
  },
  WW7013: {
    title: 'A query was stopped',
    cause: 'Ctrl-C was pressed while it ran.',
    remedy: 'Run it again, or a smaller one. Nothing was changed: only reading is possible.',
  },
  WW7014: {
    title: 'Nothing to compare with',
    cause: 'What a command is to compare is neither a file nor a folder nor a revision of git.',
    remedy: 'Name a file, a folder, or a revision such as main, v1.2.0 or HEAD~1.',
  },
  WW7011: {
    title: 'A question was not answered',
    cause: 'The input ended, or was interrupted, before everything that had to be asked was answered.',
    remedy: 'Answer the questions, or give --yes and the flags of the command.',
  },
} as const satisfies Record<string, CatalogueEntry>
