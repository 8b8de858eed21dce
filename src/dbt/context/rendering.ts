import type { Relation } from '../../engines/relation.ts'
import type { SqlFile } from '../../project/project.ts'
import type { Config } from '../merge-configs.ts'
import type { Reference } from '../reference.ts'
import type { Resolved } from '../templates.ts'

/** One rendering of one file: the phase it is in, and what its calls mean there. */
export interface Rendering {
  readonly phase: 'parse' | 'compile'
  readonly file: Pick<SqlFile, 'name' | 'path' | 'text'>
  readonly uniqueId: string
  /** Where the file's own result will be. */
  readonly relation: Relation
  readonly withoutClock: boolean
  /** ref() or source() ran. */
  resolve(reference: Reference): Resolved
  /** config(…) ran. */
  configure(config: Config): void
  /** The configuration so far. */
  config(): Config
  log(message: string): void
  warn(message: string): void
}
