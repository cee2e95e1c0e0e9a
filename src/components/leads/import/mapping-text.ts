import { type MappedColumn, targetLabel } from '@/domain/lead/csv-mapping'

/** For each field that several columns go to: which of them wins in a row. */
export function precedence(columns: readonly Pick<MappedColumn, 'name' | 'target'>[]): string[] {
  const named = columns.map(({ name, target }, index) => ({ name: name || `Column ${index + 1}`, target }))
  return [...Map.groupBy(named, ({ target }) => target)].flatMap(([target, sharing]) => {
    if (target === 'ignore' || sharing.length < 2) return []
    const names = sharing.map(({ name }) => `“${name}”`).join(', then ')
    return [`${targetLabel(target)} takes the first of these that has a value in the row: ${names}.`]
  })
}
