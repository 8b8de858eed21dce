import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { isUnreachable } from './unreachable.ts'

/** What a revision may be spelt with: never an option, never a refspec. */
const REVISION = /^(?!-)[\w./@+-]+$/
const COMMIT = /^[0-9a-f]{40}$/

/** Nothing is asked on the terminal, no hook is run, and no transport is used that runs programs of the address's choice. */
const ENVIRONMENT = {
  GIT_TERMINAL_PROMPT: '0',
  GIT_ALLOW_PROTOCOL: 'https:http:ssh:git:file',
  GIT_LFS_SKIP_SMUDGE: '1',
  LC_ALL: 'C',
}
const SETTINGS = ['-c', 'core.hooksPath=/dev/null', '-c', 'advice.detachedHead=false']

/**
 * Checks out a revision of a repository into an empty folder: a tag, else a branch, else a commit; the default branch when
 * undefined. Gives the commit. Throws WW1609 when git cannot, WW1610 where there is no network. `shown` stands for the address.
 */
export async function checkOut(
  url: string,
  revision: string | undefined,
  folder: string,
  shown: string,
): Promise<string> {
  if (revision !== undefined && !REVISION.test(revision)) {
    throw new WaterworksError('WW1609', { message: `${revision} cannot be a revision of ${shown}.` })
  }
  const git = (...args: readonly string[]) => run(args, folder, shown)
  await git('init', '--quiet')
  await git('remote', 'add', '--', 'origin', url)
  const failures: unknown[] = []
  for (const wanted of candidates(revision)) {
    try {
      await git('fetch', '--quiet', '--depth', '1', 'origin', wanted)
      await git('checkout', '--quiet', 'FETCH_HEAD')
      return await finish(git, folder)
    } catch (error) {
      if (error instanceof WaterworksError && error.code === 'WW1610') throw error
      failures.push(error)
    }
  }
  if (revision === undefined) throw failures[0]
  // A server may refuse single commits, and none knows an abbreviated one: then everything is fetched.
  await git('fetch', '--quiet', '--tags', 'origin', '+refs/heads/*:refs/remotes/origin/*')
  try {
    await git('checkout', '--quiet', `${revision}^{commit}`, '--')
  } catch {
    throw new WaterworksError('WW1609', {
      message: `The repository ${shown} has no revision ${revision}.`,
      hint: 'Name a tag, branch or commit of it.',
    })
  }
  return await finish(git, folder)
}

function candidates(revision: string | undefined): readonly string[] {
  if (revision === undefined) return ['HEAD']
  return COMMIT.test(revision) ? [revision] : [`refs/tags/${revision}`, `refs/heads/${revision}`]
}

/** The commit; what git keeps beside the files is not needed any more. */
async function finish(git: (...args: readonly string[]) => Promise<string>, folder: string): Promise<string> {
  const commit = (await git('rev-parse', 'HEAD')).trim()
  rmSync(join(folder, '.git'), { recursive: true, force: true })
  return commit
}

function run(args: readonly string[], cwd: string, shown: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', [...SETTINGS, ...args], {
      cwd,
      env: { ...process.env, ...ENVIRONMENT },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [printed, said] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
    child.on('error', (cause) =>
      reject(
        new WaterworksError('WW1609', {
          message: `git cannot be run, and ${shown} is a repository.`,
          hint: 'Install git, or ask for the package in another form.',
          cause,
        }),
      ),
    )
    child.on('close', (status) => (status === 0 ? resolve(printed) : reject(failure(said, shown))))
  })
}

function failure(said: string, shown: string): WaterworksError {
  const reason = /^(?:fatal|error): (.*)$/m.exec(said)?.[1] ?? 'it does not say why'
  if (isUnreachable(said)) {
    return new WaterworksError('WW1610', {
      message: `${shown} cannot be reached: ${withoutAddress(reason)}.`,
    })
  }
  return new WaterworksError('WW1609', { message: `git cannot fetch ${shown}: ${withoutAddress(reason)}.` })
}

/** An address may hold a token. */
function withoutAddress(text: string): string {
  return text.replace(/\b[a-z+]+:\/\/\S+/g, 'it').replace(/\.$/, '')
}
