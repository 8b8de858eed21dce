import { join, relative, resolve, sep } from 'node:path'
import type { Invocation as Run } from '../../../dbt/artifacts/invocation.ts'
import type { Manifest } from '../../../dbt/manifest/manifest.ts'
import type { Diagnostic } from '../../../errors/diagnostics.ts'
import { ProjectErrors } from '../../../errors/project-errors.ts'
import { WaterworksError } from '../../../errors/waterworks-error.ts'
import { uuidv7 } from '../../../events/run-id.ts'
import { readEnvironment } from '../../../project/environment/read-environment.ts'
import { findProjectRoot } from '../../../project/find-project-root.ts'
import type { Project } from '../../../project/project.ts'
import { ReadTrail } from '../../../project/read-trail.ts'
import type { Invocation } from '../../command.ts'
import { keepOutOfGit } from '../keep-out-of-git.ts'
import { headOf, PARSE_DOCUMENTS, type ParseDocument } from '../parse-artifacts.ts'
import type { WrittenText } from '../target-files.ts'
import { templateFlags } from '../template-flags.ts'
import { openProject, optionsOf } from '../workspace.ts'
import { checkInputs, inputsOf } from './check-inputs.ts'
import { inputsKey } from './inputs-key.ts'
import { keepQuietly, tellsSecrets } from './keep-quietly.ts'
import { KeptDocuments, type Splice } from './kept-documents.ts'
import {
  type ParseRecord,
  problemsOf,
  type RecordedModels,
  readModels,
  readRecord,
  recordedProblems,
  writeRecord,
} from './parse-record.ts'
import { aloneIn } from './read-alone.ts'
import { type RecordedModel, refreshModels } from './refresh-models.ts'

export interface ParseOutcome {
  readonly nodes: number
  /** The target folder, below the project. */
  readonly folder: string
}

/** A parse that was not answered from here, as it is kept. */
export interface FreshParse extends ParseOutcome {
  readonly project: Project
  readonly manifest: Manifest
  readonly written: Readonly<Record<ParseDocument, WrittenText>>
  readonly metadata: Readonly<Record<string, unknown>>
  readonly logs: readonly string[]
  readonly problems: readonly Diagnostic[]
  readonly looksAtClock: boolean
}

/**
 * What the last `parse` of a project left, in its `.waterworks` folder: as long as all that it read is the same, the same documents are
 * given again. Where only texts of models are others, those models are read alone. Whatever is broken, cut off or of
 * another build is passed over.
 */
export class ParseCache {
  /** Notes what a whole parse reads. */
  readonly trail = new ReadTrail()
  readonly #invocation: Invocation
  readonly #root: string
  readonly #key: string
  readonly #documents: KeptDocuments
  readonly #paths: { readonly record: string; readonly models: string }

  /** Throws WW1001 outside of a project. */
  constructor(invocation: Invocation) {
    const { flags } = invocation
    const start = flags.text('project-dir')
    this.#invocation = invocation
    this.#root = findProjectRoot(start === undefined ? process.cwd() : resolve(start))
    this.#key = JSON.stringify([inputsKey(invocation, this.#root), templateFlags(flags, 'parse')])
    const folder = join(this.#root, '.waterworks', 'parse')
    this.#documents = new KeptDocuments(folder)
    this.#paths = { record: join(folder, 'record.json'), models: join(folder, 'models.json') }
  }

  /** Says and writes what a whole parse would; undefined when there has to be one. */
  async answer(): Promise<ParseOutcome | undefined> {
    const record = readRecord(this.#paths.record)
    if (record === undefined || record.key !== this.#key) return undefined
    if (!record.documents.every((document) => this.#documents.has(document))) return undefined
    const env = readEnvironment(this.#root, process.env)
    const compared = checkInputs(record.inputs, env)
    if (compared === undefined) return undefined
    const { edited, inputs, isNews } = compared
    const refreshed = edited.length === 0 ? NOTHING : await this.#refresh(record, edited)
    if (refreshed === undefined) return undefined
    for (const message of record.logs) this.#invocation.output.log(message)
    this.#invocation.output.problems(problemsOf(record.problems))
    const run = { id: uuidv7(), startedAt: new Date(), env }
    const bodies = await this.#write(record, refreshed.splices, run)
    if (isNews) this.#renew({ ...record, inputs }, refreshed, bodies)
    return { nodes: record.nodes, folder: record.folder }
  }

  /** Keeps a parse that the trail was laid for, where it can be told again. What cannot be written is not kept. */
  keep(fresh: FreshParse): void {
    const { project, written, metadata, logs, problems, nodes, folder } = fresh
    if (!this.trail.isWhole || fresh.looksAtClock || tellsSecrets(project, logs, problems)) return
    keepQuietly(() => {
      keepOutOfGit(join(this.#root, '.waterworks'))
      const documents = PARSE_DOCUMENTS.map((name) =>
        this.#documents.keep(name, resolve(this.#root, folder, name), written[name].bodyAt),
      )
      const { macros, models } = aloneIn(project, fresh.manifest)
      const { nodes: extents } = written[MANIFEST]
      writeRecord(this.#paths.models, {
        macros,
        models: models.flatMap((model) => {
          const extent = extents.get(model.node)
          return extent === undefined ? [] : [{ ...model, ...extent }]
        }),
      } satisfies RecordedModels)
      writeRecord(this.#paths.record, {
        key: this.#key,
        inputs: inputsOf(this.trail),
        logs: [...logs],
        problems: recordedProblems(problems),
        nodes,
        folder,
        metadata,
        documents,
      })
    })
  }

  async #refresh(
    { documents, problems, folder }: ParseRecord,
    edited: readonly string[],
  ): Promise<Refreshed | undefined> {
    const known = readModels(this.#paths.models)
    const manifest = documents.find(({ name }) => name === MANIFEST)
    if (known === undefined || manifest === undefined) return undefined
    const models: RecordedModel[] = []
    for (const file of edited) {
      const shown = relative(this.#root, file).replaceAll(sep, '/')
      const model = known.models.find((each) => each.file === file)
      // A word about a place in a text may be about another place now.
      if (model === undefined || problems.some(({ location }) => location?.file === shown)) return undefined
      models.push(model)
    }
    models.sort((a, b) => a.start - b.start)
    const described = models.flatMap(({ described: file }) => (file === null ? [] : [file]))
    try {
      const opened = await openProject(this.#invocation, {
        only: new Set([...known.macros, ...edited, ...described]),
      })
      const options = optionsOf(opened, this.#invocation, { command: 'parse' })
      const textOf = (start: number, end: number) => this.#documents.read(manifest, start, end)
      const splices = refreshModels(models, textOf, opened, options, folder)
      return splices && { splices, models: known }
    } catch (error) {
      // It is told with all others.
      if (error instanceof ProjectErrors || error instanceof WaterworksError) return undefined
      throw error
    }
  }

  /** Gives where the bodies of the documents begin now, by name. */
  async #write(
    record: ParseRecord,
    splices: readonly Splice[],
    run: Run,
  ): Promise<ReadonlyMap<string, number>> {
    const bodies = new Map<string, number>()
    for (const document of record.documents) {
      const name = PARSE_DOCUMENTS.find((each) => each === document.name)
      if (name === undefined) continue
      const head = Buffer.from(headOf(name, record.metadata, run))
      const file = resolve(this.#root, record.folder, name)
      await this.#documents.write(document, head, name === MANIFEST ? splices : [], file)
      bodies.set(name, head.length)
    }
    return bodies
  }

  /** Keeps the record as it is now. */
  #renew(record: ParseRecord, { splices, models }: Refreshed, bodies: ReadonlyMap<string, number>): void {
    keepQuietly(() => {
      const documents = record.documents.map((document) => {
        const bodyAt = bodies.get(document.name)
        if (document.name !== MANIFEST || bodyAt === undefined || models === undefined) return document
        const moved = models.models.map(movedBy(splices, bodyAt - document.bodyAt))
        writeRecord(this.#paths.models, { ...models, models: moved })
        return this.#documents.keep(MANIFEST, resolve(this.#root, record.folder, MANIFEST), bodyAt)
      })
      writeRecord(this.#paths.record, { ...record, documents })
    })
  }
}

const MANIFEST = 'manifest.json'

interface Refreshed {
  readonly splices: readonly Splice[]
  readonly models: RecordedModels | undefined
}

const NOTHING: Refreshed = { splices: [], models: undefined }

/** Where models are in a document whose beginning has become longer, and stretches of which are others. */
function movedBy(splices: readonly Splice[], head: number): (model: RecordedModel) => RecordedModel {
  const growth = ({ start, end, bytes }: Splice) => bytes.length - (end - start)
  return (model) => {
    let by = head
    for (const splice of splices) if (splice.start < model.start) by += growth(splice)
    const own = splices.find(({ start }) => start === model.start)
    return { ...model, start: model.start + by, end: model.end + by + (own === undefined ? 0 : growth(own)) }
  }
}
