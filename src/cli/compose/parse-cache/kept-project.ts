import { createHash, hash } from 'node:crypto'
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { makeRenderer } from '../../../dbt/parse/make-parse-scope.ts'
import { linkedPackages, type ParsedContent, type ParsedPackages } from '../../../dbt/parse/parse-packages.ts'
import type { Diagnostic } from '../../../errors/diagnostics.ts'
import { ProjectErrors } from '../../../errors/project-errors.ts'
import { WaterworksError } from '../../../errors/waterworks-error.ts'
import { settingsOf } from '../../../graph/build/settings-of.ts'
import type { BuildGraphOptions } from '../../../graph/build-graph-options.ts'
import { readEnvironment } from '../../../project/environment/read-environment.ts'
import { findProjectRoot } from '../../../project/find-project-root.ts'
import type { Project } from '../../../project/project.ts'
import { ReadTrail } from '../../../project/read-trail.ts'
import type { Invocation } from '../../command.ts'
import { keepOutOfGit } from '../keep-out-of-git.ts'
import { templateFlags } from '../template-flags.ts'
import type { OpenProject } from '../workspace.ts'
import { checkInputs, inputsOf } from './check-inputs.ts'
import { inputsKey } from './inputs-key.ts'
import { keepQuietly, tellsSecrets } from './keep-quietly.ts'
import { type PackedContent, packContent, unpackContent } from './packed-content.ts'
import {
  inputs,
  problems,
  problemsOf,
  readableAlone,
  readKept,
  recordedProblems,
  writeRecord,
} from './parse-record.ts'
import { aloneIn } from './read-alone.ts'
import { readModelsAgain, withTextOf } from './refresh-models.ts'

const record = z.object({
  key: z.string(),
  /** What the flags were, where a template looked at them; null where none did. */
  flags: z.record(z.string(), z.unknown()).nullable(),
  inputs,
  logs: z.array(z.string()),
  /** What was found in the project's files, and in what they say together. */
  warnings: problems,
  found: problems,
  alone: readableAlone,
  /** Models that were edited since, by unique id. */
  edits: z.record(
    z.string(),
    z.object({ raw_code: z.string(), checksum: z.string(), created_at: z.number(), firstLine: z.number() }),
  ),
  /** Of the bytes of what was parsed. */
  contentHash: z.string(),
})

type KeptRecord = z.infer<typeof record>
type Edits = KeptRecord['edits']

/** So many edits are read again for each command. */
const MOST_EDITS = 200

/** How a project is opened. */
export interface Opening {
  /** Throws ProjectErrors and WaterworksErrors. */
  open(only: ReadonlySet<string>): Promise<OpenProject>
  optionsOf(opened: OpenProject): BuildGraphOptions
}

/** A project opened, with what an earlier command parsed of it. */
export interface RestoredProject {
  readonly opened: OpenProject
  readonly parsed: ParsedPackages
  /** What was found when it was parsed. */
  readonly found: readonly Diagnostic[]
}

/** What a command parsed, as it is kept. */
export interface JustParsed {
  readonly project: Project
  readonly parsed: ParsedPackages
  readonly found: readonly Diagnostic[]
  readonly logs: readonly string[]
}

/**
 * What the last command that built a graph had parsed, in the project's `.waterworks` folder: as long as all that was read for it is the
 * same, later commands go on from there. Where only texts of models are others, those models are read alone. Whatever is broken, cut off
 * or of another build is passed over.
 */
export class KeptProject {
  /** Notes what a whole parse reads. */
  readonly trail = new ReadTrail()
  readonly #invocation: Invocation
  readonly #command: string | undefined
  readonly #root: string
  readonly #paths: { readonly record: string; readonly content: string }

  /** Throws WW1001 outside of a project. */
  constructor(invocation: Invocation, command: string | undefined) {
    const start = invocation.flags.text('project-dir')
    this.#invocation = invocation
    this.#command = command
    this.#root = findProjectRoot(start === undefined ? process.cwd() : resolve(start))
    const folder = join(this.#root, '.waterworks', 'parsed')
    this.#paths = { record: join(folder, 'record.json'), content: join(folder, 'content.json') }
  }

  /**
   * The project as a whole parse would find it, having said what that would say but for warnings; undefined when there has to be one.
   * `opening` loads it without the packages' files that are not asked for.
   */
  async restore(opening: Opening): Promise<RestoredProject | undefined> {
    const kept = readKept(this.#paths.record, record)
    if (kept === undefined || kept.key !== this.#key()) return undefined
    if (kept.flags !== null && !isDeepStrictEqual(kept.flags, this.#flags())) return undefined
    const compared = checkInputs(kept.inputs, readEnvironment(this.#root, process.env))
    const models = compared && editedModels(kept, compared.edited)
    if (models === undefined) return undefined
    const content = this.#readContent(kept)
    if (content === undefined) return undefined
    const described = models.flatMap(({ described: file }) => (file === null ? [] : [file]))
    const only = new Set([...kept.alone.macros, ...compared!.edited, ...described])
    let loaded: OpenProject
    try {
      loaded = await opening.open(only)
    } catch (error) {
      // It is told with all others.
      if (error instanceof ProjectErrors || error instanceof WaterworksError) return undefined
      throw error
    }
    const options = opening.optionsOf(loaded)
    const read = models.length === 0 ? {} : readEdits(kept, content, models, loaded, options)
    if (read === undefined) return undefined
    const edits = { ...kept.edits, ...read }
    for (const message of kept.logs) this.#invocation.output.log(message)
    const project = { ...loaded.project, warnings: problemsOf(kept.warnings) }
    const renderer = makeRenderer(project, settingsOf(project, loaded.target, options), undefined)
    const parsed = linkedPackages(withEdits(content, edits), renderer, (origin) => project.locate(origin))
    if (compared!.isNews) {
      keepQuietly(() => writeRecord(this.#paths.record, { ...kept, inputs: compared!.inputs, edits }))
    }
    return { opened: { ...loaded, project }, parsed, found: problemsOf(kept.found) }
  }

  /** Keeps what was parsed while the trail was laid, where it can be told again. What cannot be written is not kept. */
  keep({ project, parsed, found, logs }: JustParsed): void {
    const { looksAtClock, looksAtFlags } = parsed.renderer
    if (!this.trail.isWhole || looksAtClock || parsed.failed.size > 0) return
    if (tellsSecrets(project, logs, [...project.warnings, ...found])) return
    keepQuietly(() => {
      keepOutOfGit(join(this.#root, '.waterworks'))
      mkdirSync(dirname(this.#paths.content), { recursive: true })
      const contentHash = writeContent(this.#paths.content, parsed)
      if (contentHash === undefined) return
      writeRecord(this.#paths.record, {
        key: this.#key(),
        flags: looksAtFlags ? this.#flags() : null,
        inputs: inputsOf(this.trail),
        logs: [...logs],
        warnings: recordedProblems(project.warnings),
        found: recordedProblems(found),
        alone: aloneIn(project, parsed.manifest),
        edits: {},
        contentHash,
      } satisfies KeptRecord)
    })
  }

  #key(): string {
    const { STORE_FAILURES: stored, PRINT: print } = this.#flags()
    return JSON.stringify([inputsKey(this.#invocation, this.#root), stored, print])
  }

  #flags(): Readonly<Record<string, unknown>> {
    return templateFlags(this.#invocation.flags, this.#command)
  }

  #readContent({ contentHash }: KeptRecord): ParsedContent | undefined {
    try {
      const bytes = readFileSync(this.#paths.content)
      if (hash('sha1', bytes, 'base64') !== contentHash) return undefined
      // The bytes are those that this build wrote, so they say what it packs.
      return unpackContent(JSON.parse(bytes.toString('utf8')) as PackedContent)
    } catch {
      return undefined
    }
  }
}

/** Writes what was parsed, and gives the hash of its bytes; undefined where that cannot be kept. */
function writeContent(path: string, parsed: ParsedPackages): string | undefined {
  const unfinished = `${path}.${process.pid}.tmp`
  const handle = openSync(unfinished, 'w', 0o600)
  const digest = createHash('sha1')
  let isWhole = false
  try {
    isWhole = packContent(parsed, (text) => {
      const bytes = Buffer.from(text)
      digest.update(bytes)
      for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at)
    })
  } finally {
    closeSync(handle)
    if (!isWhole) rmSync(unfinished, { force: true })
  }
  if (!isWhole) return undefined
  renameSync(unfinished, path)
  return digest.digest('base64')
}

type AloneModel = KeptRecord['alone']['models'][number]

/** The models whose files were edited; undefined where another file was, or too many. */
function editedModels(
  { alone, edits }: KeptRecord,
  files: readonly string[],
): readonly AloneModel[] | undefined {
  if (files.length === 0) return []
  const edited = new Set(files)
  const models = alone.models.filter(({ file }) => edited.has(file))
  if (models.length < files.length) return undefined
  const all = new Set([...Object.keys(edits), ...models.map(({ node }) => node)])
  return all.size > MOST_EDITS ? undefined : models
}

/** What edited models say now; undefined where that is more than another text. */
function readEdits(
  { warnings, found }: KeptRecord,
  content: ParsedContent,
  models: readonly AloneModel[],
  opened: OpenProject,
  options: BuildGraphOptions,
): Edits | undefined {
  const again = readModelsAgain(opened, options)
  const files = new Map(
    opened.project.packages.flatMap(({ kind, models: own }) =>
      kind === 'root' ? own.map((file) => [file.shown, file] as const) : [],
    ),
  )
  const edits: Edits = {}
  for (const { node: id } of models) {
    const [before, now] = [content.sections.nodes[id], again?.get(id)]
    const file = files.get(content.places.get(id)?.file?.shown ?? '')
    if (before === undefined || now === undefined || file === undefined) return undefined
    // A word about a place in a text may be about another place now.
    if ([...warnings, ...found].some(({ location }) => location?.file === file.shown)) return undefined
    const after = withTextOf(before, now)
    if (after === undefined) return undefined
    const { raw_code, checksum, created_at } = after
    edits[id] = { raw_code, checksum: checksum.checksum, created_at, firstLine: file.firstLine }
  }
  return edits
}

/** What was parsed, with the texts that models have now. */
function withEdits(content: ParsedContent, edits: Edits): ParsedContent {
  const nodes = { ...content.sections.nodes }
  const places = new Map(content.places)
  for (const [id, { raw_code, checksum, created_at, firstLine }] of Object.entries(edits)) {
    const [node, place] = [nodes[id], places.get(id)]
    if (node === undefined || place?.file === undefined) continue
    nodes[id] = { ...node, raw_code, created_at, checksum: { ...node.checksum, checksum } }
    places.set(id, { ...place, file: { ...place.file, text: raw_code, firstLine } })
  }
  return { ...content, sections: { ...content.sections, nodes }, places }
}
