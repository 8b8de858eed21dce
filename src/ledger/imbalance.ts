import type { Ledger } from './ledger.ts'

/** How a ledger fails to balance, in words; undefined when it does balance. */
export function imbalance(ledger: Ledger): string | undefined {
  const inside = ledger.extracted + ledger.expanded
  const applied = ledger.inserted + ledger.updated + ledger.unchanged + ledger.deleted
  const outside =
    applied + ledger.deduplicated + ledger.filtered + ledger.folded + ledger.rejected + ledger.held
  if (inside !== outside) {
    return (
      `extracted ${ledger.extracted} + expanded ${ledger.expanded} = ${inside}, but applied ${applied}` +
      ` + deduplicated ${ledger.deduplicated} + filtered ${ledger.filtered} + folded ${ledger.folded} + rejected ${ledger.rejected}` +
      ` + held ${ledger.held} = ${outside}`
    )
  }
  const growth = ledger.rows_after - ledger.rows_before
  const physical = ledger.physical_inserts - ledger.physical_deletes
  if (growth !== physical) {
    return (
      `the table went from ${ledger.rows_before} to ${ledger.rows_after} rows, but ${ledger.physical_inserts}` +
      ` were written and ${ledger.physical_deletes} deleted`
    )
  }
  return undefined
}
