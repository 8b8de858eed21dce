import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { PackageFile } from '../../project/package.ts'
import type { MacroEntry as MacroProperties } from '../../project/schema/properties-file.ts'
import type { MacroEntry } from '../macros/macro-entry.ts'
import type { ManifestMacro } from '../manifest/manifest-macro.ts'
import { recordOf } from './column-info.ts'
import type { DocsBlocks } from './docs-blocks.ts'
import { readDispatches, readMacroCalls } from './macro-calls.ts'
import type { ParseScope } from './parse-scope.ts'
import type { Described } from './properties-index.ts'

/** The macros of all packages as a manifest has them, with what properties files say of them. */
export function parseMacros(scope: ParseScope, docs: DocsBlocks): Readonly<Record<string, ManifestMacro>> {
  const properties = new Map<string, Described<MacroProperties>>()
  for (const described of scope.properties.all('macros')) {
    properties.set(`macro.${described.packageName}.${described.entry.name}`, described)
  }
  const files = new Map<string, PackageFile>()
  const ofTests = new Set<PackageFile>()
  for (const { name, macros, genericTests } of scope.packages) {
    for (const file of [...macros, ...genericTests]) files.set(`${name}\0${file.shown}`, file)
    for (const file of genericTests) ofTests.add(file)
  }
  const found: Record<string, ManifestMacro> = {}
  for (const entry of scope.renderer.macros.entries()) {
    const file = files.get(`${entry.packageName}\0${entry.file.path}`)
    if (!file) continue
    const signature = ofTests.has(file) ? [] : argumentsOf(entry, scope)
    found[entry.uniqueId] = macroOf(entry, file, signature, properties.get(entry.uniqueId), scope, docs)
  }
  for (const [id, { entry, origin, packageName }] of properties) {
    if (Object.hasOwn(found, id)) continue
    const names = [...scope.renderer.macros.entries()].filter((one) => one.packageName === packageName)
    const near = suggest(
      entry.name,
      names.map(({ name }) => name),
    )
    scope.diagnostics.warn(
      new WaterworksError('WW1207', {
        message: `There is no macro "${entry.name}"; its description is left out.`,
        location: scope.locate(origin),
        hint: near ? `Did you mean "${near}"?` : undefined,
      }),
    )
  }
  return found
}

function macroOf(
  entry: MacroEntry,
  file: PackageFile,
  signature: Arguments,
  described: Described<MacroProperties> | undefined,
  scope: ParseScope,
  docs: DocsBlocks,
): ManifestMacro {
  const { packageName, name, uniqueId, source } = entry
  const properties = described?.entry
  const config = recordOf(properties?.config)
  const shown = described?.document.shown ?? file.shown
  const describe = (text: string) => docs.render(text, packageName, shown).description
  const docsConfig = recordOf(properties?.docs ?? config['docs'])
  return {
    resource_type: 'macro',
    unique_id: uniqueId,
    name,
    package_name: packageName,
    path: file.path,
    original_file_path: file.path,
    macro_sql: source,
    depends_on: { macros: calledBy(entry, scope) },
    description: describe(properties?.description ?? ''),
    meta: { ...recordOf(config['meta']), ...recordOf(properties?.meta) },
    docs: {
      show: docsConfig['show'] !== false,
      node_color: typeof docsConfig['node_color'] === 'string' ? docsConfig['node_color'] : null,
    },
    patch_path: described?.patchPath ?? null,
    arguments: (properties?.arguments ?? signature).map(({ name: argument, type, description }) => ({
      name: argument,
      type: type ?? null,
      description: describe(description ?? ''),
    })),
    supported_languages: entry.block.tag === 'materialization' ? languagesOf(source) : null,
    created_at: scope.now,
  }
}

type Arguments = NonNullable<MacroProperties['arguments']>

/** The arguments of a macro's signature, where the project has dbt read them: not from files of tests. */
function argumentsOf(entry: MacroEntry, { root }: ParseScope): Arguments {
  if (root.config.flags['validate_macro_args'] !== true) return []
  // Asking for the macro compiles its file, which most commands never need.
  return entry.macro.parameters.map((name) => ({ name }))
}

/** What a materialization's header lists; SQL unless it says. The file is not compiled for it. */
function languagesOf(source: string): readonly string[] {
  const header = source.slice(0, source.indexOf('%}'))
  const listed = /\bsupported_languages\s*=\s*\[([^\]]*)\]/.exec(header)?.[1]
  return listed === undefined ? ['sql'] : [...listed.matchAll(/['"](\w+)['"]/g)].map(([, name]) => name!)
}

/** The macros that a macro's text names in calls; of what it dispatches, the version that is meant. */
function calledBy(entry: MacroEntry, { renderer: { macros, settings } }: ParseScope): readonly string[] {
  const { packageName, source, uniqueId } = entry
  const isOwn = (name: string) => name === entry.name || NO_MACROS.has(name)
  const ids = readMacroCalls(source).flatMap(({ namespace, name }) => {
    if (namespace === 'adapter' || (namespace === undefined && isOwn(name))) return []
    const found = macros.findAnywhere(name, namespace ?? packageName)
    return found ? [found.uniqueId] : []
  })
  const dispatched = readDispatches(source).flatMap(({ namespace, name }) => {
    const found = [settings.target.type, 'default']
      .map((prefix) => `${prefix}__${name}`)
      .map((wanted) =>
        namespace === undefined
          ? macros.find(wanted, packageName)
          : (macros.findIn(settings.projectName, wanted) ?? macros.findIn(namespace, wanted)),
      )
      .find((entry) => entry !== undefined)
    return found ? [found.uniqueId] : []
  })
  return [...new Set([...ids, ...dispatched.filter((id) => id !== uniqueId)])]
}

/** What dbt never takes for calls of macros, even where macros have these names. */
const NO_MACROS: ReadonlySet<string> = new Set(['ref', 'source', 'config'])
