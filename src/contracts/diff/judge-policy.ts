import type { Contract } from '../contract.ts'
import { breaksConsumers, type ContractChange } from './contract-change.ts'

/** How long before a breaking change consumers are to know of it. */
const NOTICE_DAYS = 30
const DAY = 24 * 60 * 60 * 1000

export interface PolicyInput {
  /** The contract as it was, and as it is to be; undefined where there is none. */
  readonly before: Contract | undefined
  readonly after: Contract | undefined
  readonly changes: readonly ContractChange[]
  /** When consumers were told, as a date in UTC (2026-01-31); undefined where nobody says so. */
  readonly notified: string | undefined
  /** ISO 8601, UTC. */
  readonly now: string
}

/**
 * What of a change is against the policy of the contract as it was, in sentences; none where all is well. The old policy holds, as the new
 * one may be part of the change. Every policy wants a higher version for what consumers notice.
 */
export function judgePolicy(input: PolicyInput): readonly string[] {
  const { before, after, changes } = input
  if (before === undefined) return []
  const broken = after === undefined ? 1 : changes.filter(breaksConsumers).length
  const { policy } = before
  const problems: string[] = []
  if (after !== undefined && changes.length > 0 && before.version === after.version) {
    problems.push(`the version is ${after.version} as before: raise it`)
  } else if (after !== undefined && isLower(after.version, before.version)) {
    problems.push(`the version ${after.version} is lower than ${before.version}`)
  }
  if (broken === 0 || policy === undefined) return problems
  const amount =
    after === undefined
      ? 'the contract is removed'
      : `${broken} of the changes ${broken === 1 ? 'breaks' : 'break'} who reads by the old contract`
  switch (policy) {
    case 'never-break':
      return [...problems, `${amount}, and its policy is never to break them`]
    case 'version-bump':
      return after !== undefined && major(after.version) > major(before.version)
        ? problems
        : [
            ...problems,
            `${amount}, and its policy asks for a new major version, ${major(before.version) + 1}.0.0`,
          ]
    case 'notify-30-days':
      return [...problems, ...notice(input, amount)]
  }
}

function notice({ notified, now, before }: PolicyInput, amount: string): readonly string[] {
  const whom = [...(before?.consumers ?? []), before?.notificationChannel].filter(
    (each) => each !== undefined,
  )
  const told = whom.length === 0 ? 'its consumers' : whom.join(', ')
  if (notified === undefined)
    return [
      `${amount}, and its policy asks that ${told} know of it ${NOTICE_DAYS} days before: say when they were told with --notified`,
    ]
  const days = Math.floor((Date.parse(now) - Date.parse(notified)) / DAY)
  return days >= NOTICE_DAYS
    ? []
    : [`${amount}, and ${told} have known of it for ${Math.max(days, 0)} of ${NOTICE_DAYS} days`]
}

function parts(version: string): readonly number[] {
  return version
    .replace(/^v/i, '')
    .split(/[.+-]/)
    .slice(0, 3)
    .map((part) => Number.parseInt(part, 10) || 0)
}

function major(version: string): number {
  return parts(version)[0] ?? 0
}

function isLower(version: string, than: string): boolean {
  const [one, other] = [parts(version), parts(than)]
  const at = [0, 1, 2].find((index) => (one[index] ?? 0) !== (other[index] ?? 0))
  return at !== undefined && (one[at] ?? 0) < (other[at] ?? 0)
}
