import { CheckboxInput } from '../fields/checkbox'

export type RowSelection<Row> = {
  ids: Pick<ReadonlySet<string>, 'has'>
  toggle: (rows: readonly Row[], on: boolean) => void
}

/** A column of checkboxes for a table: all rows of the page, and each of them. `all`: what the rows are, in the plural. */
export function checkboxes<Row extends { id: string }>(
  rows: readonly Row[],
  { ids, toggle }: RowSelection<Row>,
  { all, nameOf }: { all: string; nameOf: (row: Row) => string },
) {
  const chosen = rows.filter(({ id }) => ids.has(id)).length
  return {
    header: (
      <CheckboxInput
        aria-label={`Select all ${all} on this page`}
        checked={chosen === rows.length}
        indeterminate={chosen > 0 && chosen < rows.length}
        onChange={({ target }) => toggle(rows, target.checked)}
      />
    ),
    cell: (row: Row) => (
      <CheckboxInput
        className="relative z-10"
        aria-label={`Select ${nameOf(row)}`}
        checked={ids.has(row.id)}
        onChange={({ target }) => toggle([row], target.checked)}
      />
    ),
  }
}
