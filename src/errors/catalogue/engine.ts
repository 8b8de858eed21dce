import type { CatalogueEntry } from '../catalogue-entry.ts'

/** WW3xxx: what can go wrong with a warehouse engine and its connections. */
export const engineErrors = {
  WW3001: {
    title: 'The engine refused a statement',
    cause:
      'The warehouse answered a statement with an error: a name that does not exist, a type that does not fit.',
    remedy: 'Read the engine’s message; the compiled SQL is under target/compiled.',
  },
  WW3002: {
    title: 'The warehouse cannot be reached',
    cause: 'The connection was refused, timed out, or the credentials were not accepted.',
    remedy: 'Run `waterworks debug` to test the connection, and compare the target in waterworks.yml.',
  },
  WW3003: {
    title: 'The warehouse file is in use by another process',
    cause: 'A DuckDB file belongs to one process at a time, and its owner does not answer on its socket.',
    remedy: 'Wait for the other process to end, or stop it; then run the command again.',
  },
} as const satisfies Record<string, CatalogueEntry>
