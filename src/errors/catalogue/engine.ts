import type { CatalogueEntry } from '../catalogue-entry.ts'

/** WW3xxx: what can go wrong with a warehouse engine and its connections. */
export const engineErrors = {
  WW3001: {
    title: 'The engine refused a statement',
    cause:
      'The warehouse answered a statement with an error: a name that does not exist, a type that does not fit.',
    remedy:
      'Read the engine’s message, and correct the model, check or stage expression that the statement was made from.',
  },
  WW3002: {
    title: 'The warehouse cannot be reached',
    cause: 'The connection was refused, timed out, or the credentials were not accepted.',
    remedy:
      'See that the server runs and takes connections from here, and compare the target in waterworks.yml (host, port, user, password, database) with it.',
  },
  WW3003: {
    title: 'The warehouse file is in use by another process',
    cause: 'A DuckDB file belongs to one process at a time, and its owner does not answer on its socket.',
    remedy: 'Wait for the other process to end, or stop it; then run the command again.',
  },
  WW3004: {
    title: 'A value does not fit its column’s type',
    cause:
      'A number out of range, text that is no date, a decimal with more digits than the column has, or a text with a character the warehouse cannot hold.',
    remedy: 'Give the column a wider type, or clean the value before it is loaded.',
  },
  WW3005: {
    title: 'The Postgres server is too old',
    cause: 'Values are tried for their type with pg_input_is_valid, which PostgreSQL has from version 16 on.',
    remedy: 'Use PostgreSQL 16 or newer.',
  },
  WW3006: {
    title: 'The warehouse cannot hold a name or a literal',
    cause:
      'A name is empty or longer than the warehouse allows (63 bytes in Postgres), or text holds a NUL character.',
    remedy: 'Shorten the name (an alias will do), or remove the character.',
  },
  WW3007: {
    title: 'A relation cannot be replaced because others depend on it',
    cause:
      'Views over the relation would not be valid over its new columns, or objects that are not views hold on to it.',
    remedy: 'Change or drop what depends on it first, then run the command again.',
  },
  WW3008: {
    title: 'Rows do not fit the table they are loaded into',
    cause: 'The table is missing, has no column of that name, or has it with another type.',
    remedy:
      'Compare the columns of the table with those of the source; alter the table, or rename or cast the column in a stage.',
  },
  WW3009: {
    title: 'An extension of the engine cannot be loaded',
    cause: 'It is not installed on this machine, and DuckDB could not download it.',
    remedy:
      'Check its name. Where there is no network, copy the extension into DuckDB’s folder of extensions, or do without it.',
  },
} as const satisfies Record<string, CatalogueEntry>
