/**
 * Breaks the platform's promises one at a time, each in a copy of the checkout, and fails unless a suite turns red for
 * each: a suite that passes whatever is done to the source proves nothing. Words as arguments narrow the mutations to
 * those whose description contains one. With `--known-green` the suites are not run without a mutation first: for a gate that has
 * just run them.
 */
import { mutations } from './mutations/all-mutations.ts'
import { CheckoutCopy } from './mutations/checkout-copy.ts'
import type { Mutation } from './mutations/mutation.ts'
import { runSuite, type Verdict } from './mutations/run-suite.ts'

const WORKERS = 2

const KNOWN_GREEN = '--known-green'
const words = process.argv.slice(2).filter((word) => word !== KNOWN_GREEN)
const chosen = mutations.filter(({ says }) => words.length === 0 || words.some((word) => says.includes(word)))

/** Runs `work` for each item, two at a time. */
async function forEach<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items]
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: WORKERS }, worker))
}

/** Every suite that a mutation is to turn red is green without it. */
async function requireGreen(): Promise<void> {
  const suites = new Map(chosen.map(({ suite }) => [JSON.stringify(suite), suite]))
  await forEach([...suites.values()], async (suite) => {
    await using copy = await CheckoutCopy.make()
    const verdict = await runSuite(copy, suite)
    if (verdict.color === 'green') return
    throw new Error(`${suite.file} is red without any mutation: ${verdict.test}\n${verdict.message}`)
  })
}

async function mutate({ edits, suite }: Mutation): Promise<Verdict> {
  await using copy = await CheckoutCopy.make()
  for (const edit of edits) await copy.edit(edit)
  return await runSuite(copy, suite)
}

function show({ says, suite }: Mutation, verdict: Verdict): void {
  if (verdict.color === 'green') {
    console.log(`SURVIVED  ${says}\n          ${suite.file} stays green`)
    return
  }
  const [reason = ''] = verdict.message.split('\n')
  console.log(`red       ${says}\n          ${suite.file} > ${verdict.test}\n          ${reason}`)
}

if (!process.argv.includes(KNOWN_GREEN)) {
  await requireGreen()
  console.log('green     every suite, as the source is')
}
let survivors = 0
await forEach(chosen, async (mutation) => {
  const verdict = await mutate(mutation)
  show(mutation, verdict)
  if (verdict.color === 'green') survivors += 1
})
console.log(`${chosen.length} mutations, ${survivors} survived`)
process.exit(survivors === 0 && chosen.length > 0 ? 0 : 1)
