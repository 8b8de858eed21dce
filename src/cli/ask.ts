import { createInterface } from 'node:readline/promises'
import { WaterworksError } from '../errors/waterworks-error.ts'

/** Questions to a person, one line each. */
export interface Asker {
  /** The answer, or what is proposed when it is empty. */
  text(question: string, proposed: string): Promise<string>
  /** One of the choices, by its number; the first is proposed. */
  choice(question: string, choices: readonly string[]): Promise<number>
  yes(question: string): Promise<boolean>
  close(): void
}

/** Asks on a terminal. Throws WW7011 when the input ends before a question is answered. */
export function askOn(input: NodeJS.ReadableStream, screen: NodeJS.WritableStream): Asker {
  const lines = createInterface({ input, output: screen })
  const ended = new AbortController()
  lines.on('close', () => ended.abort())
  lines.on('SIGINT', () => lines.close())
  const ask = async (question: string): Promise<string> => {
    try {
      return (await lines.question(question, { signal: ended.signal })).trim()
    } catch (cause) {
      throw new WaterworksError('WW7011', { message: 'the questions were not answered', cause })
    }
  }
  return {
    async text(question, proposed) {
      const answer = await ask(proposed === '' ? `${question}: ` : `${question} [${proposed}]: `)
      return answer === '' ? proposed : answer
    },
    async choice(question, choices) {
      const listed = choices.map((choice, index) => `  ${index + 1}  ${choice}\n`).join('')
      for (;;) {
        const answer = await ask(`${question}\n${listed}[1]: `)
        const number = answer === '' ? 1 : Number(answer)
        const named = choices.indexOf(answer)
        if (named >= 0) return named
        if (Number.isInteger(number) && number >= 1 && number <= choices.length) return number - 1
        screen.write(`Answer with a number from 1 to ${choices.length}.\n`)
      }
    },
    async yes(question) {
      return /^(?:y(?:es)?)?$/i.test(await ask(`${question} [Y/n]: `))
    },
    close: () => lines.close(),
  }
}
