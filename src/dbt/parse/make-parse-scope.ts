import type { Diagnostics } from '../../errors/diagnostics.ts'
import type { DbtPackage } from '../../project/package.ts'
import type { Project } from '../../project/project.ts'
import { MacroLibrary } from '../macros/macro-library.ts'
import { TemplateRenderer } from '../template-renderer.ts'
import type { TemplateSettings } from '../template-settings.ts'
import { PackageConfigs } from './package-configs.ts'
import type { ParseOptions } from './parse-packages.ts'
import type { ParseScope } from './parse-scope.ts'
import { PropertiesIndex } from './properties-index.ts'
import { RelationNames } from './relation-names.ts'
import { TemplateReader } from './template-reader.ts'
import { YamlValues } from './yaml-values.ts'

/** What parsing a project works with. Mistakes in its macros are noted in `ofMacros`; without it they are not looked for. */
export function makeParseScope(
  project: Project,
  { settings, diagnostics, log }: ParseOptions,
  ofMacros: Diagnostics | undefined,
): ParseScope {
  const { packages } = project
  const root = packages.find(({ kind }) => kind === 'root')!
  const renderer = makeRenderer(project, settings, ofMacros)
  const yaml = new YamlValues(renderer, log)
  return {
    packages,
    root,
    renderer,
    diagnostics,
    yaml,
    configs: new PackageConfigs(packages, yaml),
    properties: new PropertiesIndex(packages, yaml),
    relations: new RelationNames(renderer, log),
    templates: new TemplateReader(renderer, packages),
    now: Math.floor(Date.parse(settings.now)) / 1000,
    locate: (origin) => project.locate(origin),
  }
}

/** What renders the templates of a project's packages. Mistakes in macros are noted in `ofMacros`; without it they are not looked for. */
export function makeRenderer(
  { packages }: Project,
  settings: TemplateSettings,
  ofMacros: Diagnostics | undefined,
): TemplateRenderer {
  const root = packages.find(({ kind }) => kind === 'root')!
  return new TemplateRenderer(settings, macroLibrary(packages, root, settings, ofMacros))
}

/** Macros of all packages; a line above a file's text is kept, so that places in it are right. */
function macroLibrary(
  packages: readonly DbtPackage[],
  root: DbtPackage,
  settings: TemplateSettings,
  diagnostics: Diagnostics | undefined,
): MacroLibrary {
  const library = packages.map(({ name, macros, genericTests, singularTests }) => ({
    name,
    files: [
      ...macros,
      ...genericTests,
      ...singularTests.filter(({ text }) => /\{%-?\s*(?:data_)?test\s/.test(text)),
    ].map(({ shown, text, firstLine }) => ({
      path: shown,
      text: firstLine === 1 ? text : '\n'.repeat(firstLine - 1) + text,
    })),
  }))
  const dispatch = root.config.dispatch.map(({ namespace, searchOrder }) => ({
    macro_namespace: namespace,
    search_order: searchOrder,
  }))
  return new MacroLibrary(
    library,
    { rootPackage: root.name, adapter: settings.target.type, dispatch },
    diagnostics,
  )
}
