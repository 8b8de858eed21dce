import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Command, Invocation } from '../command.ts'
import { completionScript, SHELLS } from '../completion-script.ts'

export const completion: Command = {
  name: 'completion',
  summary: 'Print a script that completes commands in a shell',
  description: `Prints a script for ${SHELLS.join(', ')}, to be read by the shell as it starts. From then on Tab completes commands,
flags, and what flags take: selectors, targets and formats, from the project you are in.`,
  positionals: '[SHELL]',
  options: [],
  examples: [
    { line: `eval "$(waterworks completion bash)"`, says: 'For this shell; in ~/.bashrc for every one.' },
    { line: `eval "$(waterworks completion zsh)"`, says: 'In ~/.zshrc, after compinit.' },
    { line: 'waterworks completion fish > ~/.config/fish/completions/waterworks.fish', says: 'For fish.' },
  ],
  run,
}

async function run({ output, positionals }: Invocation): Promise<number> {
  const shell = SHELLS.find((each) => each === positionals[0])
  if (shell === undefined || positionals.length > 1) {
    throw new WaterworksError('WW7001', { message: `completion takes one shell: ${SHELLS.join(', ')}` })
  }
  output.print(completionScript(shell).trimEnd())
  output.json({ shell, script: completionScript(shell) })
  return 0
}
