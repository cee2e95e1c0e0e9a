import { z } from 'zod'
import type { Deps } from '@/deps'
import { ACT_GROUPS, ACT_OUTCOMES, type ActGroup } from '@/domain/audit/acts'
import { EMAIL_STATUSES } from '@/domain/campaign/progress'
import { CAMPAIGN_STATUSES, CAMPAIGN_TYPES } from '@/domain/campaign/state'
import { CSV_MARK, csvLines } from '@/domain/lead/csv-export'
import { LEAD_STATUSES } from '@/domain/lead/status'
import type { ExportList, ExportTable } from '@/domain/lists/exports'
import { STEP_LIMIT } from '@/domain/workflow/steps'
import { createTurns } from '@/lib/turns'
import { exportAuditEntries } from '@/use-cases/audit/export-audit-entries'
import { exportBatches } from '@/use-cases/leads/export-batches'
import { exportLeads } from '@/use-cases/leads/export-leads'
import { exportCampaignEmails } from '@/use-cases/progress/export-campaign-emails'
import { exportCampaignLeads } from '@/use-cases/progress/export-campaign-leads'
import { exportCampaigns } from '@/use-cases/progress/export-campaigns'
import { exportSuppressions } from '@/use-cases/suppression/export-suppressions'
import { leadOriginInput } from './api/lead-filter-input'

const search = z.string().trim().max(200).optional()
const id = z.uuid()
const status = z.enum(LEAD_STATUSES)
const MOST_IDS = 10_000

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
      campaign: id.optional(),
      ...leadOriginInput,
      ids: z
        .string()
        .max(400_000)
        // One more than there may be: each that is none costs more than a look.
        .transform((text) => text.split(',', MOST_IDS + 1))
        .pipe(z.array(id).min(1).max(MOST_IDS))
        .optional(),
    }),
    (deps, { status: one, batch, campaign, ...asked }) =>
      campaign
        ? exportCampaignLeads(deps, { campaignId: campaign, search: asked.search })
        : exportLeads(deps, { ...asked, batchId: batch, statuses: one ? [one] : undefined }),
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

// So long nobody takes what lies ready: a download that was paused, or a reader that is gone unheard.
const UNREAD_MS = 5 * 60_000

/**
 * A table as the bytes of a CSV file: a page is read when its reader wants more, so that memory holds one at a time. What breaks off
 * is seen as such, never as a shorter file. `onEnd` hears once how it ended; that it is left unread for five minutes ends it, too.
 */
export function streamTable(table: ExportTable, onEnd: (end: ExportEnd) => Promise<void>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const texts = textsOf(table)
  let unread: NodeJS.Timeout | undefined
  let hasEnded = false
  const end = async (how: ExportEnd) => {
    if (hasEnded) return
    hasEnded = true
    clearTimeout(unread)
    await onEnd(how)
  }
  const leave = async () => {
    await end({ outcome: 'refused' })
    await texts.return(undefined)
  }
  const waitForReader = (controller: ReadableStreamDefaultController) => {
    unread = setTimeout(() => {
      controller.error(new Error('Nobody has read on for five minutes'))
      void leave()
    }, UNREAD_MS)
    unread.unref()
  }
  return new ReadableStream<Uint8Array>(
    {
      start: waitForReader,
      async pull(controller) {
        clearTimeout(unread)
        try {
          const text = await texts.next()
          // Its reader has left while this was read.
          if (hasEnded) return
          if (!text.done) {
            controller.enqueue(encoder.encode(text.value))
            return waitForReader(controller)
          }
          await end({ outcome: 'done' })
          controller.close()
        } catch (error) {
          await end({ outcome: 'failed', error })
          controller.error(error)
        }
      },
      cancel: leave,
    },
    // Nothing is read ahead of whoever reads nothing.
    { highWaterMark: 0 },
  )
}

/** The lines of a table, page by page, made in turns. */
async function* textsOf({ header, pages }: ExportTable): AsyncGenerator<string> {
  const turns = createTurns()
  yield CSV_MARK + csvLines([header])
  for await (const rows of pages) {
    let text = ''
    for (const row of rows) {
      text += csvLines([row])
      if (turns.isOver()) await turns.pass()
    }
    yield text
  }
}
