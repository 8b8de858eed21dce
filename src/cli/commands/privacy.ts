import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { KeyRing } from '../../privacy/key-ring.ts'
import { TokenVault } from '../../privacy/token-vault.ts'
import type { Command, Invocation } from '../command.ts'
import { accessVault, vaultAccesses } from '../compose/access-vault.ts'
import { openProject } from '../compose/workspace.ts'
import { renderTable } from '../render-table.ts'
import { sayAmount } from '../say-number.ts'

const accesses: Readonly<Record<string, (invocation: Invocation, asked: Asked) => Promise<number>>> = {
  reveal,
  erase,
}

export const privacy: Command = {
  name: 'privacy',
  summary: 'Reveal or erase what a token stands for',
  description: `Tokens stand for personal values, which the vault in .waterworks/state.db keeps encrypted.

  reveal TOKEN…        prints the values of these tokens, one to a line, and nothing else
  erase TOKEN…         forgets them: they lead nowhere from then on, and their values get other
                       tokens when they come again

  log                  who did either, when, of which token and why

reveal and erase want a reason, and are recorded before they are done. reveal wants the key that the token was kept
by; without it the vault tells nothing.`,
  positionals: 'reveal|erase|log [TOKEN…]',
  options: [
    {
      name: 'reason',
      type: 'string',
      value: 'TEXT',
      help: 'Why: recorded with the access. Write no personal data into it.',
    },
  ],
  examples: [
    {
      line: 'waterworks privacy reveal tok_2nD4xq7VYb3kQpLr9sZtuA --reason "ticket 481: parcel came back"',
      says: 'The value of one token.',
    },
    {
      line: 'waterworks privacy erase tok_2nD4xq7VYb3kQpLr9sZtuA --reason "request 17, Art. 17 GDPR"',
      says: 'The value is gone; tables keep a token that leads nowhere.',
    },
  ],
  async run(invocation) {
    const [name, ...tokens] = invocation.positionals
    if (name === 'log' && tokens.length === 0) return log(invocation)
    const part = name !== undefined && Object.hasOwn(accesses, name) ? accesses[name] : undefined
    if (part === undefined) throw unknownPart(name)
    const reason = invocation.flags.text('reason')?.trim() ?? ''
    if (tokens.length === 0 || reason === '') {
      throw new WaterworksError('WW7001', {
        message: `privacy ${name} takes tokens and the reason: TOKEN… --reason TEXT`,
      })
    }
    return part(invocation, { tokens: [...new Set(tokens)], reason })
  },
}

interface Asked {
  readonly tokens: readonly string[]
  readonly reason: string
}

async function reveal(invocation: Invocation, { tokens, reason }: Asked): Promise<number> {
  const { output } = invocation
  const opened = await openProject(invocation)
  const keys = new KeyRing(opened.project.privacy.keys)
  const values = await accessVault(opened, { action: 'reveal', tokens, reason }, (store) => {
    const vault = new TokenVault(async () => store)
    return Promise.all(tokens.map((token) => vault.reveal(token, keys)))
  })
  for (const value of values) output.print(value)
  output.json({
    run_id: opened.runId,
    revealed: tokens.map((token, index) => ({ token, value: values[index] })),
  })
  return 0
}

async function erase(invocation: Invocation, { tokens, reason }: Asked): Promise<number> {
  const { output } = invocation
  const opened = await openProject(invocation)
  await accessVault(opened, { action: 'erase', tokens, reason }, async (store) => {
    const vault = new TokenVault(async () => store)
    for (const token of tokens) await vault.erase(token)
  })
  output.print(`Erased ${sayAmount(tokens.length, 'token')}.`)
  output.json({ run_id: opened.runId, erased: tokens })
  return 0
}

async function log(invocation: Invocation): Promise<number> {
  const { output } = invocation
  const opened = await openProject(invocation)
  const accessed = await vaultAccesses(opened)
  const rows = accessed.map(({ at, by, action, token, reason }) => [at, by, action, token, reason])
  const titles = ['at', 'by', 'did', 'token', 'reason'].map((title) => ({ title }))
  if (rows.length === 0) output.print('Nobody asked the vault for a token.')
  else for (const line of renderTable(titles, rows)) output.print(line)
  output.json({
    accesses: accessed.map(({ at, by, action, token, reason, runId }) => {
      return { at, by, action, token, reason, run_id: runId }
    }),
  })
  return 0
}

const NAMES = [...Object.keys(accesses), 'log']

function unknownPart(name: string | undefined): WaterworksError {
  const nearest = name === undefined ? undefined : suggest(name, NAMES)
  return new WaterworksError('WW7001', {
    message:
      name === undefined
        ? 'privacy takes reveal, erase or log'
        : `privacy takes reveal, erase or log, not ${name}`,
    hint: nearest ? `Did you mean \`waterworks privacy ${nearest}\`?` : undefined,
  })
}
