import type { CatalogueEntry } from '../catalogue-entry.ts'

/** WW6xxx: what can go wrong with recorded state and with the owner of a warehouse file. */
export const stateErrors = {
  WW6001: {
    title: 'The state store cannot be opened',
    cause:
      'The file or database that keeps runs, checks and events is damaged or out of reach, or this user may not open it.',
    remedy:
      'Check its rights and its disk. `.waterworks/state.db` may be deleted: what is loaded is recorded in the warehouse, and only the history of runs is lost.',
  },
  WW6002: {
    title: 'The state store was written by a newer version',
    cause: 'A newer Waterworks has changed the tables that keep runs, checks and events.',
    remedy: 'Run that version, or name another state store; an older one would damage what it does not know.',
  },
  WW6003: {
    title: 'Recorded state cannot be read',
    cause: 'An event, a run or a record in the state store has not the shape this version writes.',
    remedy: 'Upgrade if a newer version wrote it; otherwise the store was edited by hand or is damaged.',
  },
  WW6004: {
    title: 'The state store refused a statement',
    cause: 'The store was locked for too long, its disk is full, or its server went away or said no.',
    remedy: 'Read the message of the store; nothing of the statement was recorded, so run the command again.',
  },
  WW6005: {
    title: 'The log of pipeline runs cannot be written',
    cause: 'This user may not write to the file under .waterworks/logs, or the disk is full.',
    remedy:
      'Make room, or give the rights; the records are in the state store too: `waterworks runs --records`.',
  },
  WW6011: {
    title: 'Only queries here',
    cause: 'Statements that change the warehouse were sent where only reading is allowed.',
    remedy: 'Send one SELECT at a time; change data through models and pipelines.',
  },
  WW6012: {
    title: 'The owner of the warehouse did not understand',
    cause:
      'Something that is not a Waterworks client, or one of another version, spoke to the owner’s socket.',
    remedy: 'Use the same version of Waterworks in every process.',
  },
  WW6013: {
    title: 'The owner of the warehouse went away',
    cause: 'The process that held the warehouse file ended while it was answering.',
    remedy: 'Run the command again.',
  },
} as const satisfies Record<string, CatalogueEntry>
