import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Environment } from '../interpolate.ts'
import { isSecretKey } from '../yaml/line-text.ts'

/** What a reference leads to, or why it leads nowhere, in words free of any value. */
export type Lookup = { readonly value: string } | { readonly problem: string; readonly hint?: string }

/** How `${secret:name}` is resolved: a program that prints the secret. */
export interface SecretCommand {
  /** The program and its arguments; `{name}` in them stands for the secret's name, which else comes last. */
  readonly command: readonly string[]
  readonly timeoutSeconds: number
}

export interface ReferencesOptions {
  /** The project folder, absolute: paths of secret files start here, and the command runs here. */
  readonly root: string
  readonly env: Environment
  /** Gets every secret value as it is met. */
  readonly secrets: Set<string>
  /** Whether the command for secrets may be run; without it they are empty. */
  readonly askSecrets: boolean
}

/** The values that project files refer to. Each is looked up once, and only when something needs it. */
export class References {
  readonly #options: ReferencesOptions
  readonly #found = new Map<string, Lookup>()
  /** Known once waterworks.yml has been looked at. */
  command: SecretCommand | undefined
  /** Whether a file or a program was asked for a value. */
  askedOutside = false

  constructor(options: ReferencesOptions) {
    this.#options = options
  }

  get env(): Environment {
    return this.#options.env
  }

  /** What must never be shown, as far as it was met. */
  get secrets(): Set<string> {
    return this.#options.secrets
  }

  /** The value of an environment variable; kept as a secret when its name says that it is one. */
  variable(name: string): string | undefined {
    const value = Object.hasOwn(this.env, name) ? this.env[name] : undefined
    if (value && isSecretKey(name)) this.secrets.add(value)
    return value
  }

  /** The text of a file without the line break at its end. */
  file(path: string): Lookup {
    return this.#once(`file:${path}`, () => {
      try {
        return { value: readFileSync(resolve(this.#options.root, path), 'utf8').replace(/\r?\n$/, '') }
      } catch (cause) {
        const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : ''
        return { problem: `the secret file ${path} cannot be read${code}` }
      }
    })
  }

  /** What the project's secret command prints for a name, without the line break at its end. */
  secret(name: string): Lookup {
    return this.#once(`secret:${name}`, () => this.#ask(name))
  }

  #once(key: string, look: () => Lookup): Lookup {
    const known = this.#found.get(key)
    if (known !== undefined) return known
    this.askedOutside = true
    const found = look()
    this.#found.set(key, found)
    if ('value' in found && found.value !== '') this.secrets.add(found.value)
    return found
  }

  #ask(name: string): Lookup {
    if (!this.#options.askSecrets) return { value: '' }
    if (this.command === undefined) {
      return {
        problem: `there is no command to ask for the secret ${name}`,
        hint: 'Declare it in waterworks.yml: secrets: {command: [program, argument, "{name}"]}.',
      }
    }
    const [program = '', ...written] = this.command.command
    const named = written.map((argument) => argument.replaceAll('{name}', name))
    const args = written.some((argument) => argument.includes('{name}')) ? named : [...named, name]
    // What the program says on standard error may hold the secret, so it is not passed on.
    const ended = spawnSync(program, args, {
      cwd: this.#options.root,
      env: { ...this.env },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: this.command.timeoutSeconds * 1000,
    })
    const value = ended.stdout?.replace(/\r?\n$/, '') ?? ''
    if (ended.error === undefined && ended.status === 0 && value !== '') return { value }
    const why = sayFailure(ended.error, ended.status, ended.signal)
    return {
      problem: `the command for secrets did not give ${name}: ${program} ${why}`,
      hint: `Run it by hand in the project folder to see what it says: ${[program, ...args].join(' ')}`,
    }
  }
}

function sayFailure(error: Error | undefined, status: number | null, signal: string | null): string {
  const code = error !== undefined && 'code' in error ? error.code : undefined
  if (code === 'ETIMEDOUT') return 'took too long'
  if (error !== undefined) return `cannot be started (${String(code ?? error.name)})`
  if (signal !== null) return `was ended by ${signal}`
  return status === 0 ? 'printed nothing' : `ended with ${status}`
}
