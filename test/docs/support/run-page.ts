import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { inject } from 'vitest'
import { isAlike } from './alike.ts'
import type { FencedBlock } from './fenced-blocks.ts'

const BINARY = join(import.meta.dirname, '../../../bin/waterworks.js')
const MARK = '\u0001'

export interface Step {
  /** The line of the page on which it stands, from 1. */
  readonly line: number
  readonly command: string
  /** What the page shows of its output; undefined where it shows nothing. */
  readonly shown: string | undefined
}

export interface StepResult extends Step {
  readonly code: number
  readonly output: string
}

/**
 * What a page does, in order: blocks of `sh` are run as they are, each line after `$ ` of a block of `console` is run and what
 * follows it is its output, and blocks with `file=PATH` are files to be written, as a reader would by hand.
 */
export function stepsOf(blocks: readonly FencedBlock[]): readonly Step[] {
  return blocks.flatMap(({ language, file, text: body, line }): readonly Step[] => {
    if (file !== undefined) return [{ line, command: writing(file, body), shown: undefined }]
    if (language === 'sh') return [{ line, command: body, shown: undefined }]
    if (language !== 'console') return []
    const lines = body.split('\n')
    const starts = lines.flatMap((each, index) => (each.startsWith('$ ') ? [index] : []))
    return starts.map((start, index) => ({
      line: line + start,
      command: `${lines[start]!.slice(2)}\n`,
      shown: lines.slice(start + 1, starts[index + 1]).join('\n'),
    }))
  })
}

function writing(file: string, body: string): string {
  return `mkdir -p "$(dirname '${file}')"\ncat > '${file}' <<'END_OF_FILE'\n${body}END_OF_FILE\n`
}

/**
 * Makes a folder of programs for pages to run with: `waterworks` and `npx waterworks` are this checkout's, and `npm install`
 * does nothing.
 */
export async function checkoutTools(tools: string): Promise<string> {
  await mkdir(tools, { recursive: true })
  const command = `exec '${process.execPath}' '${BINARY}'`
  await shim(join(tools, 'waterworks'), `${command} "$@"`)
  const npx = `[ "$1" = waterworks ] || exit 1\nshift\nexport npm_execpath=npx\n${command} "$@"`
  await shim(join(tools, 'npx'), npx)
  await shim(join(tools, 'npm'), '[ "$1" = install ]')
  return tools
}

/**
 * Runs the steps of a page one after another in one shell that begins in `folder` and finds programs in `tools` first.
 * Steps after the shell itself has ended have the code -1.
 */
export async function runPage(
  steps: readonly Step[],
  folder: string,
  tools: string,
): Promise<readonly StepResult[]> {
  const script = steps
    .map(({ command: each }, index) => `printf '${MARK}${index}\\n'\n${each}\nprintf '${MARK}=%s\\n' "$?"\n`)
    .join('')
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|VITEST|NODE_(?:OPTIONS|ENV)$|FORCE_COLOR|WATERWORKS_)/.test(name),
  )
  const path = `${tools}:/usr/local/bin:/usr/bin:/bin`
  const env = { ...Object.fromEntries(kept), ...inject('bundle'), PATH: path, NO_COLOR: '1' }
  const shell = spawn('bash', ['-c', `exec 2>&1\n${script}`], { cwd: folder, env })
  shell.stdin.end()
  const [output] = await Promise.all([text(shell.stdout), once(shell, 'close')])
  const pieces = output.split(MARK)
  return steps.map((step, index) => {
    const at = pieces.findIndex((piece) => piece.startsWith(`${index}\n`))
    const said = at < 0 ? '' : pieces[at]!.slice(`${index}\n`.length)
    const code = /^=(\d+)/.exec(pieces[at + 1] ?? '')?.[1]
    return { ...step, code: code === undefined ? -1 : Number(code), output: said }
  })
}

/** What a page promises and does not hold, in words; empty when all of it holds. */
export function broken(name: string, results: readonly StepResult[]): string {
  return results
    .flatMap(({ line, command, shown, code, output }) => {
      const place = `${name}:${line}`
      if (shown === undefined) return code === 0 ? [] : [`${place}: ${command}ended with ${code}\n${output}`]
      return isAlike(output, shown) ? [] : [`${place}: ${command}${output}\ninstead of\n${shown}`]
    })
    .join('\n\n')
}

async function shim(path: string, body: string): Promise<void> {
  await writeFile(path, `#!/bin/sh\n${body}\n`)
  await chmod(path, 0o755)
}
