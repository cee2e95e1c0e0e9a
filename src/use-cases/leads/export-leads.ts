import { reachOfSearch } from '@/db/queries/leads/search-leads'
import { type LeadsOfFields, selectCustomFields } from '@/db/queries/leads/select-custom-fields'
import { type LeadFilter, type LeadRow, selectLeads } from '@/db/queries/leads/select-leads'
import { type LeadRecord, selectLeadRecords } from '@/db/queries/suppression/select-lead-records'
import type { Sql } from '@/db/sql'
import type { Deps } from '@/deps'
import {
  EXPORTED_AT_ONCE,
  type ExportCell,
  type ExportTable,
  exportTime,
  RECORDS_AT_ONCE,
} from '@/domain/lists/exports'
import type { Place } from '@/domain/lists/place'

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

// Of the fields without a column of their own: JSON, by name.
const OTHER_FIELDS = 'other_fields'

/**
 * The leads that match as a table with all of their details, in the order of their arrival. Custom fields of the newest leads have
 * columns of their own; whatever else a lead has stands in the last one, so that none is left out.
 */
export async function exportLeads({ sql }: Pick<Deps, 'sql'>, { ids, ...asked }: ExportLeads): Promise<ExportTable> {
  return exportLeadsById({ sql }, ids ? [ids] : matchingIds(sql, asked), { batchId: asked.batchId, ids })
}

/** The same table of the leads with these ids, in their order, part by part. `of`: whose custom fields have columns of their own. */
export async function exportLeadsById(
  { sql }: Pick<Deps, 'sql'>,
  parts: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
  of: LeadsOfFields = {},
): Promise<ExportTable> {
  const fields = (await selectCustomFields(sql, of)).map(({ name }) => name)
  const isColumn = new Set(fields)
  const toRow = (lead: LeadRecord): ExportCell[] => {
    const own = fieldsOf(lead.customFields)
    const others = Object.entries(own).filter(([name]) => !isColumn.has(name))
    return [
      ...COLUMNS.map(([, read]) => read(lead)),
      ...fields.map((name) => customValue(own, name)),
      others.length > 0 ? JSON.stringify(Object.fromEntries(others)) : null,
    ]
  }
  async function* pages() {
    for await (const found of parts) {
      for (let i = 0; i < found.length; i += RECORDS_AT_ONCE)
        yield (await selectLeadRecords(sql, found.slice(i, i + RECORDS_AT_ONCE))).map(toRow)
    }
  }
  return { header: [...COLUMNS.map(([name]) => name), ...fields, OTHER_FIELDS], pages: pages() }
}

async function* matchingIds(sql: Sql, asked: Omit<ExportLeads, 'ids'>): AsyncGenerator<string[]> {
  const { searchAll } = await reachOfSearch(sql, asked.search)
  const order = { sort: 'created', descending: false, onwards: true, limit: EXPORTED_AT_ONCE } as const
  for (let from: Place | null = null; ; ) {
    const found: LeadRow[] = await selectLeads(sql, { ...asked, searchAll }, { ...order, from })
    yield found.map(({ id }) => id)
    const last = found.at(-1)
    if (last === undefined || found.length < EXPORTED_AT_ONCE) return
    from = { id: last.id, value: last.sortedBy }
  }
}

const fieldsOf = (stored: unknown): Readonly<Record<string, unknown>> =>
  typeof stored === 'object' && stored !== null && !Array.isArray(stored) ? (stored as Record<string, unknown>) : {}

function customValue(fields: Readonly<Record<string, unknown>>, name: string): string | null {
  if (!Object.hasOwn(fields, name)) return null
  const value = fields[name]
  return value === null || value === undefined ? null : String(value)
}
