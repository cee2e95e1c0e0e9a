import { z } from 'zod'
import type { Deps } from '@/deps'
import { ACT_GROUPS, ACT_OUTCOMES, type ActGroup } from '@/domain/audit/acts'
import { EMAIL_STATUSES } from '@/domain/campaign/progress'
import { CAMPAIGN_STATUSES, CAMPAIGN_TYPES } from '@/domain/campaign/state'
import { CSV_MARK, csvLines } from '@/domain/lead/csv-export'
import { LEAD_STATUSES } from '@/domain/lead/status'
import type { ExportList, ExportTable } from '@/domain/lists/exports'
import { STEP_LIMIT } from '@/domain/workflow/steps'
import { exportAuditEntries } from '@/use-cases/audit/export-audit-entries'
import { exportBatches } from '@/use-cases/leads/export-batches'
import { exportLeads } from '@/use-cases/leads/export-leads'
import { exportCampaignEmails } from '@/use-cases/progress/export-campaign-emails'
import { exportCampaigns } from '@/use-cases/progress/export-campaigns'
import { exportSuppressions } from '@/use-cases/suppression/export-suppressions'

const search = z.string().trim().max(200).optional()
const id = z.uuid()
const status = z.enum(LEAD_STATUSES)

/** What each list is asked by, as its screen names it in the address. */
const OPENERS = {
  audit: opener(
    z.object({
      group: z.enum(Object.keys(ACT_GROUPS) as [ActGroup, ...ActGroup[]]).optional(),
      actor: z.string().min(1).max(100).optional(),
      outcome: z.enum(ACT_OUTCOMES).optional(),
    }),
    (deps, { actor, ...asked }) => exportAuditEntries(deps, { ...asked, actorId: actor }),
  ),
  batches: opener(z.object({ search }), exportBatches),
  campaigns: opener(
    z.object({
      type: z.enum(CAMPAIGN_TYPES).default('outreach'),
      archived: z.stringbool().optional(),
      status: z.enum(CAMPAIGN_STATUSES).optional(),
      search,
    }),
    exportCampaigns,
  ),
  emails: opener(
    z.object({
      campaign: id,
      status: z.enum(EMAIL_STATUSES).optional(),
      step: z.coerce.number().int().min(1).max(STEP_LIMIT).optional(),
      search,
    }),
    (deps, { campaign, step, ...asked }) =>
      exportCampaignEmails(deps, { ...asked, campaignId: campaign, stepNumber: step }),
  ),
  leads: opener(
    z.object({
      search,
      status: status.optional(),
      batch: id.optional(),
      ids: z
        .string()
        .max(400_000)
        .transform((text) => text.split(','))
        .pipe(z.array(id).min(1).max(10_000))
        .optional(),
    }),
    (deps, { status: one, batch, ...asked }) =>
      exportLeads(deps, { ...asked, batchId: batch, statuses: one ? [one] : undefined }),
  ),
  suppression: opener(z.object({ search, kind: z.enum(['address', 'domain']).optional() }), exportSuppressions),
} as const satisfies Record<ExportList, unknown>

function opener<Input>(schema: z.ZodType<Input, unknown>, open: (deps: Deps, input: Input) => Promise<ExportTable>) {
  return (deps: Deps, params: Record<string, string>): Promise<ExportTable> | null => {
    const said = schema.safeParse(Object.fromEntries(Object.entries(params).filter(([, value]) => value !== '')))
    return said.success ? open(deps, said.data) : null
  }
}

/** The list that is asked for by these parameters as a table; null where they name none. @throws {DomainError} not_found */
export const openExport = (deps: Deps, list: ExportList, params: Record<string, string>) => OPENERS[list](deps, params)

/** How an export ended: read to its end, left by its reader, or broken by an error, which the log then has. */
export type ExportEnd = { outcome: 'done' | 'refused' | 'failed'; error?: unknown }

/**
 * A table as the bytes of a CSV file: a page is read when the one before has gone to the reader, so that memory holds one at a time.
 * What breaks off is seen as such, never as a shorter file.
 */
export function streamTable(
  { header, pages }: ExportTable,
  onEnd: (end: ExportEnd) => Promise<void>,
): ReadableStream<Uint8Array> {
  const text = new TextEncoder()
  const rows = pages[Symbol.asyncIterator]()
  let begun = false
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          if (!begun) {
            begun = true
            return controller.enqueue(text.encode(CSV_MARK + csvLines([header])))
          }
          const page = await rows.next()
          if (!page.done) return controller.enqueue(text.encode(csvLines(page.value)))
          await onEnd({ outcome: 'done' })
          controller.close()
        } catch (error) {
          await onEnd({ outcome: 'failed', error })
          controller.error(error)
        }
      },
      async cancel() {
        await rows.return?.()
        await onEnd({ outcome: 'refused' })
      },
    },
    { highWaterMark: 1 },
  )
}
