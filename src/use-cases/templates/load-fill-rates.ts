import { selectFillRates } from '@/db/queries/templates/select-fill-rates'
import type { Deps } from '@/deps'
import type { FillRate } from '@/domain/message/lint'
import { VARIABLES } from '@/domain/message/variables'

/** Every variable that comes from leads with its fill rate: the fixed ones in their order, then custom fields. */
export async function loadFillRates({ sql }: Deps): Promise<FillRate[]> {
  const rows = await selectFillRates(sql)
  const fixed = VARIABLES.filter(({ group }) => group === 'lead').flatMap(({ name, label, fallback }) => {
    const row = rows.find(({ variable, custom }) => variable === name && !custom)
    return row ? [{ ...row, label, fallback: fallback ?? null }] : []
  })
  const custom = rows
    .filter((row) => row.custom && row.filled > 0)
    .sort((a, b) => (a.variable < b.variable ? -1 : 1))
    .map((row) => ({ ...row, label: row.variable.replaceAll('_', ' '), fallback: null }))
  return [...fixed, ...custom]
}
