import type { Templates } from '../../dbt/templates.ts'
import type { Diagnostics } from '../../errors/diagnostics.ts'
import type { Pipeline } from '../../project/pipeline.ts'
import type { Project } from '../../project/project.ts'
import type { Check } from '../../quality/check.ts'
import { canonicalSql } from '../../sql/canonical-sql.ts'
import type { BuildGraphOptions } from '../build-graph-options.ts'
import { fingerprint } from '../fingerprint.ts'
import type { CheckNode, ModelNode, PipelineNode, SourceNode } from '../node.ts'
import { attempt } from './attempt.ts'
import { QueryCompiler } from './compile-queries.ts'
import type { GenericCheckDraft } from './draft-checks.ts'
import type { SingularTestDraft } from './draft-singular-tests.ts'
import { pipelineId } from './draft-sources.ts'
import type { ModelDraft, SourceDraft } from './drafts.ts'
import { fqnOf } from './fqn-of.ts'
import { judgedRule } from './judged-rule.ts'
import type { Names } from './names.ts'
import { pipelineFingerprint } from './pipeline-fingerprint.ts'

interface Materials {
  readonly project: Project
  readonly options: BuildGraphOptions
  readonly templates: Templates
  readonly names: Names
  /** The unique ids each node reads from, sorted. */
  readonly parents: ReadonlyMap<string, readonly string[]>
  readonly diagnostics: Diagnostics
}

/** Makes the nodes of a graph from their drafts; to be asked in dependency order. */
export class NodeMaker {
  readonly #materials: Materials
  readonly #compiler: QueryCompiler

  constructor(materials: Materials) {
    this.#materials = materials
    this.#compiler = new QueryCompiler(materials.templates, materials.names, materials.project.macros)
  }

  pipeline(pipeline: Pipeline): PipelineNode {
    const { project } = this.#materials
    const { name, description, tags, origin } = pipeline
    return Object.freeze({
      kind: 'pipeline',
      uniqueId: pipelineId(project, pipeline),
      name,
      fqn: fqnOf(project.name, origin.file, name),
      description,
      tags,
      path: origin.file,
      dependsOn: [],
      fingerprint: pipelineFingerprint(pipeline),
      pipeline,
    })
  }

  source({ uniqueId, source, table, relation, pipeline, properties, tags, origin }: SourceDraft): SourceNode {
    return Object.freeze({
      kind: 'source',
      uniqueId,
      name: `${source}.${table}`,
      fqn: fqnOf(this.#materials.project.name, origin.file, source, table),
      description: properties?.description ?? '',
      tags,
      path: origin.file,
      dependsOn: pipeline === undefined ? [] : [pipeline],
      fingerprint: fingerprint({ kind: 'source', relation }),
      source,
      table,
      relation,
    })
  }

  /** Undefined when the query does not compile; why is among the diagnostics. */
  model({
    uniqueId,
    file,
    config,
    fullConfig,
    properties,
    relation,
    uses,
  }: ModelDraft): ModelNode | undefined {
    const item = { uniqueId, file, fullConfig, relation, uses }
    const compiled = attempt(this.#materials.diagnostics, () => this.#compiler.compile(item))
    if (!compiled) return undefined
    const materialization = config.materialized
    return Object.freeze({
      kind: 'model',
      uniqueId,
      name: file.name,
      fqn: fqnOf(this.#materials.project.name, file.path, file.name),
      description: properties?.description ?? '',
      tags: config.tags,
      path: file.path,
      dependsOn: this.#parents(uniqueId),
      fingerprint: fingerprint({
        kind: 'model',
        materialization,
        relation,
        sql: canonicalSql(compiled.stableSql),
      }),
      materialization,
      relation,
      rawSql: file.text,
      compiledSql: compiled.sql,
      columns: (properties?.columns ?? []).map(({ name, description }) => ({ name, description })),
    })
  }

  /** Undefined when the query does not compile; why is among the diagnostics. */
  singularTest({ uniqueId, file, config, fullConfig, uses }: SingularTestDraft): CheckNode | undefined {
    const item = { uniqueId, file, fullConfig, relation: undefined, uses }
    const compiled = attempt(this.#materials.diagnostics, () => this.#compiler.compile(item))
    if (!compiled) return undefined
    const { severity, tags } = config
    const check: Check = { name: file.name, rule: { rule: 'sql', sql: compiled.sql }, severity }
    return Object.freeze({
      kind: 'check',
      uniqueId,
      name: file.name,
      fqn: fqnOf(this.#materials.project.name, file.path, file.name),
      description: '',
      tags,
      path: file.path,
      dependsOn: this.#parents(uniqueId),
      fingerprint: fingerprint({ kind: 'check', severity, sql: canonicalSql(compiled.stableSql) }),
      check,
      relation: undefined,
      attachedTo: undefined,
      column: undefined,
    })
  }

  /** Undefined when the check cannot be made of its table; why is among the diagnostics. */
  genericCheck(draft: GenericCheckDraft): CheckNode | undefined {
    const { project, options, diagnostics } = this.#materials
    const judged = attempt(diagnostics, () => judgedRule(draft, this.#compiler, project, options.dialect))
    if (!judged) return undefined
    const { test, uniqueId, name, shortName, column } = draft
    const where = judged.relation === undefined ? undefined : draft.where
    const check: Check = {
      name: shortName,
      rule: judged.rule,
      severity: test.severity,
      ...(where === undefined ? {} : { where }),
    }
    const path = test.origin.file
    return Object.freeze({
      kind: 'check',
      uniqueId,
      name,
      fqn: fqnOf(project.name, path, name),
      description: '',
      tags: test.tags,
      path,
      dependsOn: this.#parents(uniqueId),
      fingerprint: fingerprint({ kind: 'check', relation: judged.relation, check: { ...check, name: '' } }),
      check,
      relation: judged.relation,
      attachedTo: draft.subject.uniqueId,
      column,
    })
  }

  #parents(uniqueId: string): readonly string[] {
    return this.#materials.parents.get(uniqueId) ?? []
  }
}
