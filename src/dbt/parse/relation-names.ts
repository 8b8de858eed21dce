import { compileTemplate } from '../../jinja/compile-template.ts'
import { isBuiltIn } from '../../project/built-in-packages.ts'
import type { RelationName, RelationPolicy } from '../context/relation-name.ts'
import { everyPart, relationParts } from '../context/relation-name.ts'
import type { NodeInTemplate } from '../context/rendering.ts'
import { databaseOf } from '../context/target-values.ts'
import { generateSchemaName } from '../generate-schema-name.ts'
import { templateExtensions } from '../macros/block-extensions.ts'
import type { Config } from '../merge-configs.ts'
import { printReference } from '../reference.ts'
import type { TemplateRenderer } from '../template-renderer.ts'
import { isRecord } from './config-rules.ts'
import { refuse } from './refuse.ts'

type Component = 'database' | 'schema' | 'alias'

/** What of a node decides its names. */
export interface NamedNode extends NodeInTemplate {
  readonly version?: string | number | null
}

/**
 * Names relations by the macros generate_database_name, generate_schema_name and generate_alias_name: those of a node's own package
 * if it is an installed one that has them, else those of the root project, else dbt's rules.
 */
export class RelationNames {
  readonly #renderer: TemplateRenderer
  readonly #log: (message: string) => void
  readonly #overridden: Readonly<Record<Component, boolean>>
  readonly database: string
  readonly schema: string

  constructor(renderer: TemplateRenderer, log: (message: string) => void) {
    this.#renderer = renderer
    this.#log = log
    this.database = databaseOf(renderer.settings.target)
    this.schema = renderer.settings.target.schema
    const names = new Set<string>()
    for (const { packageName, name } of renderer.macros.entries())
      if (!isBuiltIn(packageName)) names.add(name)
    const isOverridden = (component: Component) =>
      ['', 'default__', `${renderer.settings.target.type}__`].some((prefix) =>
        names.has(`${prefix}generate_${component}_name`),
      )
    this.#overridden = {
      database: isOverridden('database'),
      schema: isOverridden('schema'),
      alias: isOverridden('alias'),
    }
  }

  /** The three parts of a node's relation, from what its configuration asks for. */
  name(node: NamedNode, config: Config): RelationName & { readonly identifier: string } {
    const { database, schema, alias } = config
    return {
      database: this.#component('database', text(database), node, config) ?? this.database,
      schema: this.#component('schema', text(schema), node, config) ?? this.schema,
      identifier: this.#component('alias', text(alias), node, config) ?? node.name,
    }
  }

  /** A relation as it stands in SQL, quoted as the project, and its own configuration, say. */
  print(relation: RelationName, quoting: unknown): string {
    const { settings } = this.#renderer
    const own = isRecord(quoting) ? quoting : {}
    const policy: RelationPolicy = { ...everyPart, ...settings.quoting }
    const isQuoted = (part: keyof RelationPolicy) => {
      const chosen = own[part]
      return typeof chosen === 'boolean' ? chosen : policy[part]
    }
    return relationParts
      .flatMap((part) => {
        const name = relation[part]
        if (name === null || name === '') return []
        return [isQuoted(part) ? settings.dialect.identifier(name) : name]
      })
      .join('.')
  }

  #component(
    component: Component,
    custom: string | undefined,
    node: NamedNode,
    config: Config,
  ): string | undefined {
    if (!this.#overridden[component]) return this.#usual(component, custom, node)
    const { macros, settings } = this.#renderer
    const macro = `generate_${component}_name`
    const own = node.package_name !== settings.projectName && macros.findIn(node.package_name, macro)
    const packageName = own ? node.package_name : settings.projectName
    if (!macros.find(macro, packageName)) return this.#usual(component, custom, node)
    const source = `{% macro name() %}{{ return(${macro}(custom_name, named_node)) }}{% endmacro %}`
    const context = this.#renderer.context({
      phase: 'compile',
      node,
      packageName,
      relation: undefined,
      withoutClock: false,
      resolve: (reference) => refuse(printReference(reference)),
      configure: () => refuse('config()'),
      config: () => config,
      log: (message, level) => {
        if (level === 'info') this.#log(message)
      },
      warn: this.#log,
      connection: undefined,
      manifest: undefined,
      given: { custom_name: custom ?? null, named_node: { ...node, config } },
    })
    const made = compileTemplate(source, { file: macro, extensions: templateExtensions }).call(
      'name',
      context,
    )
    return typeof made === 'string' ? made.trim() : undefined
  }

  #usual(component: Component, custom: string | undefined, node: NamedNode): string {
    switch (component) {
      case 'database':
        return custom?.trim() ?? this.database
      case 'schema':
        return generateSchemaName(custom, { schema: this.schema })
      case 'alias':
        if (custom !== undefined && custom !== '') return custom.trim()
        return node.version === undefined || node.version === null
          ? node.name
          : `${node.name}_v${String(node.version).replaceAll('.', '_')}`
    }
  }
}

function text(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' ? String(value) : undefined
}
