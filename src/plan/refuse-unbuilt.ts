import { ProjectErrors } from '../errors/project-errors.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import type { ModelNode, Node } from '../graph/node.ts'

const BUILT: ReadonlySet<string> = new Set(['table', 'view', 'ephemeral'])

/** Keys that change what is built, so that leaving them out of account would build something else than was asked for. */
const UNSUPPORTED = ['pre-hook', 'post-hook', 'sql_header', 'grants']

/** Throws ProjectErrors with WW1211 for every selected model that cannot be built as it asks to be. */
export function refuseUnbuilt(nodes: readonly Node[]): void {
  const errors = nodes.flatMap((node) => (node.kind === 'model' ? problemsOf(node) : []))
  if (errors.length > 0) throw new ProjectErrors(errors.map((error) => ({ severity: 'error', error })))
}

function problemsOf({
  path,
  name,
  materialization,
  manifest,
  waitsFor,
}: ModelNode): readonly WaterworksError[] {
  const refuse = (message: string, hint?: string) =>
    new WaterworksError('WW1211', { message, hint, location: { file: path, line: 1, column: 1 } })
  const problems: WaterworksError[] = []
  if (manifest.language === 'python')
    problems.push(refuse(`The model "${name}" is in Python, which does not run here.`))
  else if (!BUILT.has(materialization)) {
    problems.push(
      refuse(
        `The materialization "${materialization}" is not supported yet.`,
        'Use table, view or ephemeral for now.',
      ),
    )
  }
  if (waitsFor !== undefined) {
    problems.push(
      refuse(`The model "${name}" calls ${waitsFor} when it is compiled, which is not supported yet.`),
    )
  }
  for (const key of UNSUPPORTED) {
    if (isGiven(manifest.config[key]))
      problems.push(refuse(`The configuration "${key}" is not supported yet.`))
  }
  return problems
}

function isGiven(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false
  return typeof value !== 'object' || Object.keys(value).length > 0
}
