import { selectFillRates, selectUnsureNames, type UnsureNameRow } from '@/db/queries/templates/select-fill-rates'
import type { Deps } from '@/deps'
import { NO_NAMES } from '@/domain/lead/person-name'
import type { FillRate } from '@/domain/message/lint'
import { leadValues, VARIABLES } from '@/domain/message/variables'

/** Every variable that comes from leads with its fill rate: the fixed ones in their order, then custom fields. */
export async function loadFillRates({ sql }: Deps): Promise<FillRate[]> {
  const [rates, names] = await Promise.all([selectFillRates(sql), selectUnsureNames(sql, NO_NAMES)])
  const unnamed = names.reduce((sum, { leads, ...name }) => (isGreeted(name) ? sum : sum + leads), 0)
  const rows = rates.map((row) =>
    row.variable === 'first_name' && !row.custom ? { ...row, filled: row.filled - unnamed } : row,
  )
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

/** As an email would greet this lead: by a first name, or not. */
const isGreeted = (name: Omit<UnsureNameRow, 'leads'>) => leadValues({ email: '', ...name }).first_name !== undefined
