import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { PackageSpec } from '../../packages/package-spec.ts'
import { parsePackages, type RenderText } from '../../packages/parse-packages.ts'
import { readEnvironment } from '../../project/environment/read-environment.ts'
import { findProjectRoot } from '../../project/find-project-root.ts'
import { isMapping } from '../../project/yaml/is-mapping.ts'
import { parseYaml } from '../../project/yaml/parse-yaml.ts'
import type { Invocation } from '../command.ts'
import { textRenderer, varsIn } from './render-texts.ts'

/** What installing packages and cleaning need of a project, which need not be complete yet. */
export interface PackageProject {
  /** Absolute. */
  readonly root: string
  readonly name: string
  /** Where packages are installed, absolute. */
  readonly packagesFolder: string
  /** The file that lists packages, or is to list them. */
  readonly listFile: string
  readonly specs: readonly PackageSpec[]
  readonly cleanTargets: readonly string[]
  /** Folders of files that are written by hand. */
  readonly sourceFolders: readonly string[]
  readonly render: RenderText
}

const LISTS = ['packages.yml', 'dependencies.yml'] as const

/** Kinds of folders that dbt_project.yml names, and where they are unless it does. */
const SOURCE_FOLDERS: Readonly<Record<string, readonly string[]>> = {
  'model-paths': ['models'],
  'macro-paths': ['macros'],
  'test-paths': ['tests'],
  'seed-paths': ['seeds'],
  'snapshot-paths': ['snapshots'],
  'analysis-paths': ['analyses'],
  'docs-paths': [],
  'function-paths': ['functions'],
}

/**
 * Reads as much of a project as its packages are managed by. Throws WW1001, WW1002 and WW1601, and WW2xxx for templates in lists of
 * packages that cannot be rendered.
 */
export function readPackageProject({ flags, output }: Invocation): PackageProject {
  const start = flags.text('project-dir')
  const root = findProjectRoot(start === undefined ? process.cwd() : resolve(start))
  const env = readEnvironment(root, process.env)
  const secrets = new Set<string>()
  output.protect(secrets)
  const render = textRenderer({ env, vars: varsIn(flags.text('vars')), secrets }, 'the list of packages')
  const project = documentIn(root, 'dbt_project.yml')
  const texts = (key: string, otherwise: readonly string[]) => {
    const given = project[key] === undefined ? otherwise : [project[key]].flat()
    return given.filter((text) => typeof text === 'string').map(render)
  }
  const lists = LISTS.filter((file) => documentIn(root, file)['packages'] !== undefined)
  if (lists.length > 1) {
    throw new WaterworksError('WW1601', {
      message: `${lists.join(' and ')} both list packages.`,
      hint: 'Keep one list.',
    })
  }
  const listFile = lists[0] ?? LISTS[0]
  const [target = 'target'] = texts('target-path', ['target'])
  return {
    root,
    name: texts('name', [String(documentIn(root, 'waterworks.yml')['name'] ?? '')])[0] ?? '',
    packagesFolder: resolve(root, texts('packages-install-path', ['dbt_packages'])[0] ?? 'dbt_packages'),
    listFile,
    specs: parsePackages(documentIn(root, listFile), listFile, render),
    cleanTargets: texts('clean-targets', [target]),
    sourceFolders: Object.entries(SOURCE_FOLDERS).flatMap(([key, usual]) => texts(key, usual)),
    render,
  }
}

function documentIn(root: string, file: string): Readonly<Record<string, unknown>> {
  const path = join(root, file)
  if (!existsSync(path)) return {}
  const document = parseYaml(readFileSync(path, 'utf8'), file, 'pyyaml')
  return isMapping(document) ? document : {}
}
