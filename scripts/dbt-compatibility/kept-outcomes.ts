import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Outcome } from '../dbt-oracle/outcome.ts'
import { DBT_PACKAGES } from '../dbt-oracle/real-dbt.ts'

const kept = z.object({
  /** What dbt's outcome depends on: versions and the commit of the project. */
  of: z.string(),
  outcomes: z.custom<readonly Outcome[]>(Array.isArray),
})

/** What dbt did with public projects, kept in a folder: it does the same with the same commit every time. */
export class KeptOutcomes {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  write(project: string, commit: string, outcomes: readonly Outcome[]): void {
    mkdirSync(this.#folder, { recursive: true })
    writeFileSync(this.#fileOf(project), JSON.stringify({ of: keyOf(commit), outcomes }))
  }

  read(project: string, commit: string): readonly Outcome[] | undefined {
    const file = this.#fileOf(project)
    if (!existsSync(file)) return undefined
    const { of, outcomes } = kept.parse(JSON.parse(readFileSync(file, 'utf8')))
    return of === keyOf(commit) ? outcomes : undefined
  }

  #fileOf(project: string): string {
    return join(this.#folder, `${project.replaceAll(/\W+/g, '-')}.json`)
  }
}

function keyOf(commit: string): string {
  return [...DBT_PACKAGES, commit].join(' ')
}
