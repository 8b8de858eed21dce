import { checkQuery, type QueryDialect } from '../../dbt/check-query.ts'
import { externalLocation } from '../../dbt/external-location.ts'
import { columnsOf, type RuleDraft } from '../../dbt/generic-tests.ts'
import { type Cte, cteNameOf, injectCtes } from '../../dbt/inject-ctes.ts'
import type { Manifest } from '../../dbt/manifest/manifest.ts'
import type { ManifestNode, ManifestTest } from '../../dbt/manifest/manifest-node.ts'
import type { ManifestSource } from '../../dbt/manifest/manifest-source.ts'
import type { ParsedPackages } from '../../dbt/parse/parse-packages.ts'
import { argumentTemplate } from '../../dbt/parse/test-arguments.ts'
import type { YamlValues } from '../../dbt/parse/yaml-values.ts'
import { printReference } from '../../dbt/reference.ts'
import { hasMaterialization } from '../../dbt/stored-failures/has-materialization.ts'
import type { Relation } from '../../engines/relation.ts'
import type { Diagnostics } from '../../errors/diagnostics.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Check, CheckRule, Severity } from '../../quality/check.ts'
import { canonicalSql } from '../../sql/canonical-sql.ts'
import type { CheckNode } from '../node.ts'
import { nativeRule, soleColumn, warnOfMisspeltColumns } from './native-check.ts'
import { isEphemeral, type QueryCompiler } from './query-compiler.ts'
import { relationOf } from './relation-of.ts'
import { volatileRule } from './volatile-rule.ts'

type Table = ManifestNode | ManifestSource

export interface CheckMaterials {
  readonly parsed: ParsedPackages
  readonly compiler: QueryCompiler
  readonly dialect: QueryDialect
  readonly diagnostics: Diagnostics
  readonly yaml: YamlValues
  readonly database: string
  /** The fingerprint of what is told of a node; empty where none is asked for. */
  readonly fingerprint: (deciding: () => unknown) => string
  /** Whether tests fail where they would warn. */
  readonly warningsFail: boolean
}

/** Makes the checks of a graph from the tests of a manifest. */
export class CheckMaker {
  readonly #materials: CheckMaterials
  readonly #fails: Pick<Check, 'warningsFail'>

  constructor(materials: CheckMaterials) {
    this.#materials = materials
    this.#fails = materials.warningsFail ? { warningsFail: true } : {}
  }

  /** Throws what compiling a test throws; undefined when its arguments are wrong, which is noted. */
  check(node: ManifestTest, dependsOn: readonly string[]): CheckNode | undefined {
    const { parsed, diagnostics } = this.#materials
    const locate = () => parsed.locationOf(node.unique_id)
    const rule = this.#isNative(node)
      ? nativeRule(node, this.#arguments(node), locate, diagnostics)
      : undefined
    if (rule === 'wrong') return undefined
    const where = this.#where(node)
    const severity = severityOf(node)
    const base = {
      kind: 'check',
      uniqueId: node.unique_id,
      name: node.name,
      fqn: node.fqn,
      description: node.description,
      tags: node.tags,
      path: node.original_file_path,
      dependsOn,
      manifest: node,
    } as const
    if (!rule) {
      const { sql, stableSql, waitsFor, volatile } = this.#materials.compiler.compile(node)
      const settings = verdictSettings(node)
      const rule = { rule: 'sql' as const, sql, ...settings }
      const check: Check = { name: node.alias, rule, severity, ...this.#fails }
      return Object.freeze({
        ...base,
        fingerprint: this.#materials.fingerprint(() => ({
          kind: 'check',
          severity,
          sql: canonicalSql(stableSql),
          ...settings,
        })),
        check,
        relation: undefined,
        attachedTo: this.#attachedTo(node),
        column: node.column_name ?? undefined,
        waitsFor,
        volatile,
      })
    }
    const subject = this.#subject(node)
    const to = this.#target(rule, node)
    this.#warnOfMisspelt(node, rule, subject, to)
    const judged = this.#judged(rule, subject, to, where, node)
    const kept = judged.relation === undefined || where === undefined ? {} : { where }
    const check: Check = { name: node.alias, rule: judged.rule, severity, ...kept, ...this.#fails }
    return Object.freeze({
      ...base,
      fingerprint: this.#materials.fingerprint(() => ({
        kind: 'check',
        relation: judged.relation,
        check: { ...check, name: '' },
      })),
      check,
      relation: judged.relation,
      attachedTo: this.#attachedTo(node) ?? subject.unique_id,
      column: node.column_name ?? soleColumn(rule),
      waitsFor: undefined,
      volatile: volatileRule(check),
    })
  }

  /** Notes what is wrong with the arguments of a test, without making it. */
  judge(node: ManifestTest): void {
    const { parsed, diagnostics } = this.#materials
    if (this.#isNative(node))
      nativeRule(node, this.#arguments(node), () => parsed.locationOf(node.unique_id), diagnostics)
  }

  /** Whether what a test says is all there is to it: no macro stands in for what it calls, and what it reads is no file. */
  #isNative({ test_metadata: test, config, depends_on: { nodes } }: ManifestTest): boolean {
    const { renderer, manifest } = this.#materials.parsed
    if (!test || hasMaterialization(config, renderer)) return false
    const adapter = renderer.settings.target.type
    const called = [`test_${test.name}`, 'get_where_subquery']
    const macros = called.flatMap((name) => [`default__${name}`, `${adapter}__${name}`])
    if (renderer.macros.definesAny([...macros, 'get_where_subquery'])) return false
    return !nodes.some((id) => {
      const source = manifest.sources[id]
      return source !== undefined && externalLocation(source) !== undefined
    })
  }

  /** The arguments of a test with templates in them rendered, but for references. */
  #arguments(node: ManifestTest): Readonly<Record<string, unknown>> {
    const { parsed, yaml } = this.#materials
    const { model: _model, ...kwargs } = node.test_metadata?.kwargs ?? {}
    const file = parsed.fileNameOf(node.unique_id) ?? node.original_file_path
    return Object.fromEntries(
      Object.entries(kwargs).map(([key, value]) => {
        const isReference =
          typeof value === 'string' && /\b(?:ref|source)\s*\(/.test(argumentTemplate(value) ?? '')
        return [key, isReference ? value : yaml.all(value, node.package_name, file)]
      }),
    )
  }

  #attachedTo({
    attached_node: attached,
    depends_on: { nodes },
    test_metadata: test,
  }: ManifestTest): string | undefined {
    if (attached !== null) return attached
    return test ? nodes.find((id) => id.startsWith('source.')) : undefined
  }

  #subject(node: ManifestTest): Table {
    const id = this.#attachedTo(node)
    const found = id === undefined ? undefined : this.#tableOf(id)
    if (found) return found
    throw new WaterworksError('WW9001', { message: `the test ${node.unique_id} is on nothing that is known` })
  }

  #target(rule: RuleDraft, node: ManifestTest): Table | undefined {
    if (rule.rule !== 'relationships') return undefined
    const found = this.#materials.parsed.lookup.find(rule.to, node.package_name)
    if (found && !found.isDisabled) return found.node
    const { parsed } = this.#materials
    throw new WaterworksError('WW1208', {
      message: `The test relationships cannot find ${printReference(rule.to)}.`,
      location: parsed.locationOf(node.unique_id),
    })
  }

  #tableOf(id: string): Table | undefined {
    const manifest: Manifest = this.#materials.parsed.manifest
    return manifest.nodes[id] ?? manifest.sources[id]
  }

  /** Where the rows of a table are read: elsewhere under --defer. */
  #relation(table: Table): Relation {
    const { compiler, database: connected } = this.#materials
    const place = compiler.reading.elsewhere.get(table.unique_id)
    if (place === undefined) return relationOf(table, connected)
    const { database, schema, identifier } = place
    return {
      ...(database === null || database === connected ? {} : { database }),
      ...(schema === null ? {} : { schema }),
      name: identifier ?? '',
    }
  }

  /** The condition on the rows that are judged: none are of a run on no rows. */
  #where({ config }: ManifestTest): string | undefined {
    if (this.#materials.compiler.reading.empty) return 'false'
    return typeof config['where'] === 'string' ? config['where'] : undefined
  }

  /** The rule with its tables filled in; a query where one of them is in no relation. */
  #judged(
    rule: RuleDraft,
    subject: Table,
    to: Table | undefined,
    where: string | undefined,
    node: ManifestTest,
  ): { readonly rule: CheckRule; readonly relation: CheckNode['relation'] } {
    const { dialect, compiler, parsed } = this.#materials
    if (!isEphemeral(subject) && !(to && isEphemeral(to))) {
      const relation = this.#relation(subject)
      if (rule.rule !== 'relationships') return { rule, relation }
      return { rule: { ...rule, to: this.#relation(to!) }, relation }
    }
    const table = (one: Table) => (isEphemeral(one) ? cteNameOf(one) : dialect.relation(this.#relation(one)))
    const rendered = rule.rule === 'relationships' ? { ...rule, to: table(to!) } : rule
    const query = checkQuery(rendered, table(subject), where, dialect)
    if (query === undefined) {
      throw new WaterworksError('WW1211', {
        message: `The test ${node.test_metadata?.name ?? node.name} does not work on an ephemeral model yet.`,
        location: parsed.locationOf(node.unique_id),
        hint: 'Make the model a view, or write the test as a query under tests/.',
      })
    }
    const ctes = new Map<string, Cte>()
    for (const one of [subject, to]) {
      if (one && isEphemeral(one)) for (const cte of compiler.ctesOf(one.unique_id)) ctes.set(cte.name, cte)
    }
    return { rule: { rule: 'sql', sql: injectCtes(query, [...ctes.values()]) }, relation: undefined }
  }

  #warnOfMisspelt(node: ManifestTest, rule: RuleDraft, subject: Table, to: Table | undefined): void {
    const { parsed, diagnostics } = this.#materials
    const locate = () => parsed.locationOf(node.unique_id)
    const test = node.test_metadata?.name ?? node.name
    const check = (table: Table, columns: readonly string[]) => {
      const described = Object.keys(table.columns)
      if (described.length > 0)
        warnOfMisspeltColumns(test, nameOf(table), columns, described, locate, diagnostics)
    }
    check(subject, columnsOf(rule))
    if (rule.rule === 'relationships' && to) check(to, [rule.field])
  }
}

function nameOf(table: Table): string {
  return table.resource_type === 'source' ? `${table.source_name}.${table.name}` : table.name
}

function severityOf({ config }: ManifestTest): Severity {
  return String(config['severity']).toLowerCase() === 'warn' ? 'warn' : 'error'
}

/** How a test's rows are counted and what of the count is too much, where that is not dbt's usual. */
function verdictSettings({
  config,
}: ManifestTest): Omit<Extract<CheckRule, { rule: 'sql' }>, 'rule' | 'sql'> {
  const { fail_calc: failCalc, warn_if: warnIf, error_if: errorIf, limit } = config
  return {
    ...(typeof failCalc === 'string' && failCalc !== 'count(*)' ? { failCalc } : {}),
    ...(typeof warnIf === 'string' && warnIf !== '!= 0' ? { warnIf } : {}),
    ...(typeof errorIf === 'string' && errorIf !== '!= 0' ? { errorIf } : {}),
    ...(typeof limit === 'number' ? { limit } : {}),
  }
}
