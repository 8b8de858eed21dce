import type { Field } from '../../../batch/logical-type.ts'
import type { ColumnDraft } from '../../../contracts/import/contract-draft.ts'
import { contractText } from '../../../contracts/import/contract-text.ts'
import { suggest } from '../../../errors/suggest.ts'
import { WaterworksError } from '../../../errors/waterworks-error.ts'
import { hasRelation } from '../../../graph/has-relation.ts'
import type { CheckNode, Node } from '../../../graph/node.ts'
import { relationName } from '../../../graph/relation-name.ts'
import type { Invocation } from '../../command.ts'
import { withReader } from '../../compose/open-reader.ts'
import { relationExists } from '../../compose/relation-exists.ts'
import { openWorkspace, type Workspace } from '../../compose/workspace.ts'

/**
 * Prints a draft of a contract for a dataset of the project: its columns and types as they are in the warehouse (where it is built), and what
 * the project's files say of them in descriptions, types and tests.
 */
export async function importContract(invocation: Invocation, [name]: readonly string[]): Promise<number> {
  const { output } = invocation
  const workspace = await openWorkspace(invocation)
  const node = datasetNamed(name, workspace)
  const fields = await fieldsOf(node, workspace)
  const text = contractText({
    name: node.kind === 'source' ? node.relation.name : node.name,
    physicalName: relationName(node.relation),
    description: node.description,
    columns: columnsOf(node, fields, workspace),
  })
  output.print(text.trimEnd())
  if (fields === undefined)
    output.log(`${relationName(node.relation)} is not built: its types are those of the project's files`)
  output.json({ dataset: node.uniqueId, text })
  return 0
}

type Dataset = Extract<Node, { readonly kind: 'model' | 'seed' | 'snapshot' | 'source' }>

function datasetNamed(name: string | undefined, { graph }: Workspace): Dataset {
  const datasets = [...graph.nodes.values()].filter((node): node is Dataset => hasRelation(node))
  const found = datasets.find(
    (node) => node.name === name || relationName(node.relation) === name || node.relation.name === name,
  )
  if (found !== undefined) return found
  const near =
    name === undefined
      ? undefined
      : suggest(
          name,
          datasets.map((node) => node.name),
        )
  throw new WaterworksError('WW7001', {
    message:
      name === undefined ? 'import takes a model, seed, snapshot or source' : `the project makes no ${name}`,
    hint: near ? `Did you mean ${near}?` : undefined,
  })
}

/** Undefined where the table is not there. */
async function fieldsOf(node: Dataset, workspace: Workspace): Promise<readonly Field[] | undefined> {
  const { dialect } = workspace
  try {
    return await withReader(workspace, async (reader) =>
      (await relationExists(reader, node.relation))
        ? await reader.fields(`select * from ${dialect.relation(node.relation)}`)
        : undefined,
    )
  } catch (error) {
    // Nothing was built on the target yet.
    if (error instanceof WaterworksError && error.code === 'WW7004') return undefined
    throw error
  }
}

function columnsOf(
  node: Dataset,
  fields: readonly Field[] | undefined,
  { graph, dialect }: Workspace,
): readonly ColumnDraft[] {
  const described = new Map(
    Object.values(node.manifest.columns).map((column) => [column.name.toLowerCase(), column]),
  )
  const tests = [...graph.nodes.values()].filter(
    (each): each is CheckNode =>
      each.kind === 'check' && each.attachedTo === node.uniqueId && each.contract === undefined,
  )
  const names = fields?.map((field) => field.name) ?? [...described.values()].map((column) => column.name)
  return names.map((column): ColumnDraft => {
    const type = fields?.find((field) => field.name === column)?.type
    const said = described.get(column.toLowerCase())
    const rules = tests.flatMap(({ check: { rule, where } }) => (where === undefined ? [rule] : []))
    const isOf = (other: string) => other.toLowerCase() === column.toLowerCase()
    const values = rules.find((rule) => rule.rule === 'accepted_values' && isOf(rule.column))
    return {
      name: column,
      description: said?.description ?? '',
      type,
      typeName: type === undefined ? (said?.data_type ?? undefined) : dialect.typeName(type),
      required: rules.some((rule) => rule.rule === 'not_null' && isOf(rule.column)),
      unique: rules.some(
        (rule) => rule.rule === 'unique' && rule.columns.length === 1 && isOf(rule.columns[0]!),
      ),
      values: values?.rule === 'accepted_values' ? values.values : undefined,
    }
  })
}
