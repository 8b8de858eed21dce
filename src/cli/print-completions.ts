import { resolve } from 'node:path'
import { findProjectRoot } from '../project/find-project-root.ts'
import { loadProject } from '../project/load-project.ts'
import { complete, type ProjectNames } from './complete.ts'

/** What a shell asks while a line is typed. Whatever is wrong with the project, it must not disturb the line. */
export async function printCompletions(words: readonly string[]): Promise<number> {
  const found = await complete(words, () => projectNames(words).catch(() => NOTHING))
  process.stdout.write(found.map((each) => `${each}\n`).join(''))
  return 0
}

const NOTHING: ProjectNames = { nodes: [], targets: [], tags: [] }

/** Names from the project's files alone: nothing is compiled, and no secret is asked for. */
async function projectNames(words: readonly string[]): Promise<ProjectNames> {
  const at = words.indexOf('--project-dir')
  const folder = at >= 0 ? words[at + 1] : undefined
  const project = await loadProject(findProjectRoot(resolve(folder ?? '.')), { askSecrets: false })
  const sources = project.pipelines.flatMap(({ extract }) =>
    extract.files.map(({ table }) => `${extract.sourceSystem}.${table}`),
  )
  const names = [...project.pipelines, ...(project.packages[0]?.models ?? [])].map(({ name }) => name)
  return {
    nodes: [...new Set([...names, ...sources])],
    targets: Object.keys(project.targets),
    tags: [...new Set(project.pipelines.flatMap(({ tags }) => tags))],
  }
}
