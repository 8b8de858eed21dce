import type { Batch, Column } from '../batch/batch.ts'
import type { Field } from '../batch/logical-type.ts'
import type { Refusal } from '../connectors/connector.ts'
import type { PersonalColumn } from '../project/personal-data.ts'
import type { KeyRing } from './key-ring.ts'
import type { TokenVault } from './token-vault.ts'
import { emptied, treatColumn } from './treat-column.ts'
import { treatWithin } from './treat-within.ts'
import { type FieldPlan, treatmentPlan } from './treatment-plan.ts'
import { type ValuePolicy, valuePolicy } from './value-policy.ts'
import { valueTexts } from './value-texts.ts'

export interface TreatedBatch {
  readonly batch: Batch
  /** Why rows are not to be loaded, by row. */
  readonly refusals: ReadonlyMap<number, Refusal>
}

/** Does to the batches of one stream what is declared of its columns, column by column. */
export class Treatment {
  readonly #declared: readonly PersonalColumn[]
  readonly #keys: KeyRing
  readonly #vault: TokenVault
  readonly #policies = new Map<PersonalColumn, ValuePolicy>()

  /** Throws WW4601 when values are to be replaced and there is no key. */
  constructor(declared: readonly PersonalColumn[], keys: KeyRing, vault: TokenVault) {
    this.#declared = declared
    this.#keys = keys
    this.#vault = vault
  }

  /**
   * A batch as it may be written. Values that a column could not hold are told of it as ever, save those of treated
   * columns, which are left out.
   */
  async treat(batch: Batch): Promise<TreatedBatch> {
    const plans = treatmentPlan(batch.columns.map(fieldOf), this.#declared)
    const refusals = new Map<number, Refusal>()
    const columns: Column[] = []
    for (const [index, plan] of plans.entries()) {
      const column = await this.#treat(batch.columns[index]!, plan, batch.rows, refusals)
      if (column !== undefined) columns.push(column)
    }
    const treated = new Set(
      plans.filter(({ whole, within }) => whole ?? within[0]).map(({ field }) => field.name),
    )
    const defects = batch.defects?.map((defect) =>
      treated.has(defect.column) ? { ...defect, text: '' } : defect,
    )
    return { batch: { rows: batch.rows, columns, ...(defects === undefined ? {} : { defects }) }, refusals }
  }

  async #treat(
    column: Column,
    { whole, within }: FieldPlan,
    rows: number,
    refusals: Map<number, Refusal>,
  ): Promise<Column | undefined> {
    if (whole?.policy === 'drop') return undefined
    if (whole?.policy === 'refuse') {
      const textAt = valueTexts(column)
      for (let row = 0; row < rows; row++) {
        const value = textAt(row)
        if (value === undefined || value.length === 0) continue
        refuse(refusals, row, `column ${column.name}: personal data (${whole.kind}) is refused`)
      }
      return emptied(column, rows)
    }
    if (whole !== undefined) return treatColumn(column, rows, this.#policy(whole))
    let treated = column
    for (const { path, personal } of within) {
      const replaces = personal.policy !== 'drop' && personal.policy !== 'refuse'
      const policy = replaces ? this.#policy(personal) : undefined
      const made = await treatWithin(treated, rows, path, personal, policy)
      treated = made.column
      for (const [row, reason] of made.refused) refuse(refusals, row, reason)
    }
    return treated
  }

  #policy(personal: PersonalColumn): ValuePolicy {
    const known = this.#policies.get(personal) ?? valuePolicy(personal, this.#keys, this.#vault)
    this.#policies.set(personal, known)
    return known
  }
}

function refuse(refusals: Map<number, Refusal>, row: number, reason: string): void {
  const before = refusals.get(row)
  refusals.set(row, { reason: before === undefined ? reason : `${before.reason}; ${reason}` })
}

function fieldOf({ name, type }: Column): Field {
  return { name, type }
}
