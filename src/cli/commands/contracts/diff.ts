import type { Contract } from '../../../contracts/contract.ts'
import { type Compatibility, type ContractChange, together } from '../../../contracts/diff/contract-change.ts'
import { diffContracts } from '../../../contracts/diff/diff-contracts.ts'
import { judgePolicy } from '../../../contracts/diff/judge-policy.ts'
import { withoutControls } from '../../../contracts/without-controls.ts'
import type { Palette } from '../../../errors/palette.ts'
import { WaterworksError } from '../../../errors/waterworks-error.ts'
import { findProjectRoot } from '../../../project/find-project-root.ts'
import type { Invocation } from '../../command.ts'
import { contractsFolder, readContractFiles } from '../../compose/read-contract-files.ts'

interface Compared {
  readonly name: string
  readonly before: Contract | undefined
  readonly after: Contract | undefined
  readonly changes: readonly ContractChange[]
  readonly compatibility: Compatibility
  readonly problems: readonly string[]
}

/** Compares contracts, and judges what changed by their policies. */
export async function diffRevisions(
  invocation: Invocation,
  [from = 'HEAD', to]: readonly string[],
): Promise<number> {
  const { output, flags } = invocation
  const root = findProjectRoot(flags.text('project-dir') ?? process.cwd())
  const notified = flags.text('notified')
  if (
    notified !== undefined &&
    !(/^\d{4}-\d{2}-\d{2}$/.test(notified) && !Number.isNaN(Date.parse(notified)))
  ) {
    throw new WaterworksError('WW7001', {
      message: `--notified takes a date, as 2026-01-31, not ${notified}`,
    })
  }
  const before = readContractFiles(from, root)
  const after = readContractFiles(to ?? contractsFolder(root), root)
  const now = new Date().toISOString()
  const names = [...new Set([...before.keys(), ...after.keys()])].sort()
  const compared = names
    .map((name): Compared => {
      const [old, next] = [before.get(name), after.get(name)]
      const changes = old && next ? diffContracts(old, next) : []
      const problems = judgePolicy({ before: old, after: next, changes, notified, now })
      const compatibility = next === undefined ? 'breaking' : together(changes)
      return { name, before: old, after: next, changes, compatibility, problems }
    })
    .filter((each) => each.changes.length > 0 || !each.before || !each.after)
  for (const each of compared) for (const line of linesOf(each, output.paint)) output.print(line)
  if (compared.length === 0) output.print('No contract is other than before.')
  const isKept = compared.every(({ problems }) => problems.length === 0)
  output.json({
    status: isKept ? 'ok' : 'failed',
    contracts: compared.map(({ name, before: old, after: next, changes, compatibility, problems }) => ({
      name,
      version_before: old?.version ?? null,
      version_after: next?.version ?? null,
      compatibility,
      policy: old?.policy ?? null,
      problems,
      changes: changes.map(({ at, compatibility: kind, what, reason, origin }) => ({
        at,
        compatibility: kind,
        what,
        reason,
        path: origin.file,
      })),
    })),
  })
  return isKept ? 0 : 1
}

function linesOf(
  { name, before, after, changes, compatibility, problems }: Compared,
  paint: Palette,
): readonly string[] {
  const versions =
    before && after ? `${before.version} → ${after.version}, ${compatibility}` : before ? 'removed' : 'new'
  const color = (kind: Compatibility) =>
    kind === 'breaking' ? paint.error : kind === 'backward' ? paint.warning : paint.success
  return [
    paint.strong(withoutControls(`${name} (${versions})`)),
    ...changes.flatMap(({ at, compatibility: kind, what, reason }) => [
      `  ${color(kind)(kind.padEnd(8))} ${withoutControls(`${at}: ${what}`)}`,
      `           ${paint.faint(withoutControls(reason))}`,
    ]),
    ...problems.map((problem) => `  ${paint.error('not kept')} ${withoutControls(problem)}`),
  ]
}
