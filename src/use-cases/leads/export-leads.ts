import { reachOfSearch } from '@/db/queries/leads/search-leads'
import { selectCustomFields } from '@/db/queries/leads/select-custom-fields'
import { type LeadFilter, selectLeads } from '@/db/queries/leads/select-leads'
import { type LeadRecord, selectLeadRecords } from '@/db/queries/suppression/select-lead-records'
import type { Deps } from '@/deps'
import { EXPORTED_AT_ONCE, type ExportCell, type ExportTable, exportTime } from '@/domain/lists/exports'

export type ExportLeads = Omit<LeadFilter, 'searchAll' | 'few'> & {
  /** These alone. */
  ids?: readonly string[] | undefined
}

const COLUMNS: readonly (readonly [string, (lead: LeadRecord) => ExportCell])[] = [
  ['email', ({ email }) => email],
  ['first_name', ({ firstName }) => firstName],
  ['last_name', ({ lastName }) => lastName],
  ['contact_name', ({ contactName }) => contactName],
  ['company_name', ({ companyName }) => companyName],
  ['job_title', ({ jobTitle }) => jobTitle],
  ['phone', ({ phone }) => phone],
  ['industry', ({ industry }) => industry],
  ['city', ({ city }) => city],
  ['country', ({ country }) => country],
  ['website', ({ website }) => website],
  ['linkedin_url', ({ linkedinUrl }) => linkedinUrl],
  ['status', ({ status }) => status],
  ['suppressed', ({ suppressed }) => (suppressed ? 'yes' : 'no')],
  ['source', ({ source }) => source],
  ['emails_sent', ({ emailsSent }) => emailsSent],
  ['last_email_at', ({ lastContactedAt }) => exportTime(lastContactedAt)],
  ['added_at', ({ createdAt }) => exportTime(createdAt)],
]

/** The leads that match as a table with all of their details, custom fields last, in the order of their arrival. */
export async function exportLeads({ sql }: Pick<Deps, 'sql'>, { ids, ...asked }: ExportLeads): Promise<ExportTable> {
  const fields = (await selectCustomFields(sql, asked.batchId)).map(({ name }) => name)
  const toRow = (lead: LeadRecord): ExportCell[] => [
    ...COLUMNS.map(([, read]) => read(lead)),
    ...fields.map((name) => customValue(lead.customFields, name)),
  ]
  async function* pages() {
    if (ids) {
      for (let i = 0; i < ids.length; i += EXPORTED_AT_ONCE)
        yield (await selectLeadRecords(sql, ids.slice(i, i + EXPORTED_AT_ONCE))).map(toRow)
      return
    }
    const { searchAll } = await reachOfSearch(sql, asked.search)
    const order = { sort: 'created', descending: false, onwards: true, limit: EXPORTED_AT_ONCE } as const
    for (let last: string | undefined; ; ) {
      const from = last === undefined ? null : { id: last, value: null }
      const found = (await selectLeads(sql, { ...asked, searchAll }, { ...order, from })).map(({ id }) => id)
      if (found.length > 0) yield (await selectLeadRecords(sql, found)).map(toRow)
      last = found.at(-1)
      if (last === undefined || found.length < EXPORTED_AT_ONCE) return
    }
  }
  return { header: [...COLUMNS.map(([name]) => name), ...fields], pages: pages() }
}

function customValue(fields: unknown, name: string): string | null {
  if (typeof fields !== 'object' || fields === null || !Object.hasOwn(fields, name)) return null
  const value = (fields as Record<string, unknown>)[name]
  return value === null || value === undefined ? null : String(value)
}
