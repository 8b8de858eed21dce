/** Moments at which a crash must do no harm. */
export type FailPointName =
  | 'after-landing-rename'
  | 'before-position'
  | 'before-commit'
  | 'after-commit'
  | 'during-checkpoint'
  | 'during-replay'
  | 'during-quarantine'
  | 'between-chunks'

interface Trap {
  readonly name: string
  readonly action: 'kill' | 'error'
  readonly hit: number
}

const hits = new Map<FailPointName, number>()

/**
 * Does nothing, unless WATERWORKS_FAIL_POINTS arms this point: a comma-separated list of `name:action@n`, where
 * action is `kill` (the process dies at once, as by a power cut) or `error` (this throws), at the n-th passage.
 * For the crash suite only.
 */
export async function failPoint(name: FailPointName): Promise<void> {
  const armed = process.env['WATERWORKS_FAIL_POINTS']
  if (!armed) return
  const hit = (hits.get(name) ?? 0) + 1
  hits.set(name, hit)
  const trap = parseTraps(armed).find((candidate) => candidate.name === name && candidate.hit === hit)
  if (trap?.action === 'kill') {
    process.kill(process.pid, 'SIGKILL')
    // The signal may be delivered a moment later; nothing may happen in between.
    await new Promise<never>(() => {})
  }
  if (trap?.action === 'error') throw new Error(`fail point ${name} at passage ${hit}`)
}

function parseTraps(text: string): Trap[] {
  return text.split(',').map((item) => {
    const match = /^([a-z-]+):(kill|error)@(\d+)$/.exec(item.trim())
    if (!match) throw new Error(`WATERWORKS_FAIL_POINTS: not name:action@n: ${item}`)
    return { name: match[1]!, action: match[2] === 'kill' ? 'kill' : 'error', hit: Number(match[3]) }
  })
}
