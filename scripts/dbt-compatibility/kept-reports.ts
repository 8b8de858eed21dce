import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { ASPECTS } from '../dbt-oracle/difference.ts'
import type { ProjectReport, ReportFindings } from './project-report.ts'
import type { PublicProject } from './public-project.ts'

const MOST_OF_A_VALUE = 200

const tally = z.object({
  nodes: z.number(),
  passed: z.number(),
  failed: z.array(z.object({ unique_id: z.string(), status: z.string(), message: z.string().nullish() })),
  skipped: z.number(),
  seconds: z.number(),
})
const findings = z.object({
  commit: z.string(),
  dbt: tally,
  waterworks: tally,
  differences: z.array(
    z.object({
      aspect: z.enum(ASPECTS),
      where: z.string(),
      expected: z.unknown(),
      got: z.unknown(),
    }),
  ),
  gated: z.object({ held: z.array(z.string()), unexplained: z.array(z.string()) }),
  seconds: z.object({ dbt: z.array(z.number()), waterworks: z.array(z.number()) }),
  refused: z.string().optional(),
})

/** What was found of each project, kept in a folder so that all of them need not run at once. */
export class KeptReports {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  write(project: PublicProject, report: ReportFindings): void {
    mkdirSync(this.#folder, { recursive: true })
    const differences = report.differences.map(({ expected, got, ...rest }) => ({
      ...rest,
      expected: shortened(expected),
      got: shortened(got),
    }))
    writeFileSync(this.#fileOf(project), JSON.stringify({ ...report, differences }))
  }

  read(project: PublicProject): ReportFindings | undefined {
    const file = this.#fileOf(project)
    return existsSync(file) ? findings.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined
  }

  /** The reports of those projects that have one. */
  all(projects: readonly PublicProject[]): readonly ProjectReport[] {
    return projects.flatMap((project) => {
      const report = this.read(project)
      return report === undefined ? [] : [{ project, ...report }]
    })
  }

  #fileOf({ name }: PublicProject): string {
    return join(this.#folder, `${name.replaceAll(/\W+/g, '-')}.json`)
  }
}

/** JSON has no undefined. */
function shortened(value: unknown): string | null {
  return JSON.stringify(value)?.slice(0, MOST_OF_A_VALUE) ?? null
}
