import { z } from 'zod'
import { CORRECTIONS } from '@/domain/conversation/correction'
import { LEAD_DETAILS, type LeadDetail } from '@/domain/lead/fields'
import { IMPORT_LIMITS } from '@/domain/lead/import-limits'
import { LEAD_SORTS } from '@/domain/lead/sorts'
import { LEAD_STATUSES } from '@/domain/lead/status'
import { correctMessage } from '@/use-cases/conversations/correct-message'
import { createLead } from '@/use-cases/leads/create-lead'
import { deleteLeads } from '@/use-cases/leads/delete-leads'
import { getLead } from '@/use-cases/leads/get-lead'
import { getReceivedMessage } from '@/use-cases/leads/get-received-message'
import { listCustomFields, listLeads } from '@/use-cases/leads/list-leads'
import { setLeadStatus } from '@/use-cases/leads/set-lead-status'
import { updateLead } from '@/use-cases/leads/update-lead'
import { leadFilterInput } from '../lead-filter-input'
import { pageInput } from '../list-input'
import { createRouter, procedure } from '../trpc'

const id = z.uuid()
/** One lead or many. */
const selection = { id: id.optional(), ids: z.array(id).min(1).max(10_000).optional() }
const oneOf = (input: { id?: string | undefined; ids?: string[] | undefined }) =>
  (input.id === undefined) !== (input.ids === undefined)
const ONE_OF = { error: 'Give either "id" or "ids".' }
const idsOf = (input: { id?: string | undefined; ids?: string[] | undefined }) =>
  input.ids ?? (input.id ? [input.id] : [])

const detail = z.string().max(2_000).nullable().optional()
const details = Object.fromEntries(LEAD_DETAILS.map((field) => [field, detail])) as Record<LeadDetail, typeof detail>
const MOST_FIELDS = IMPORT_LIMITS.customFields
const customFields = z
  .record(z.string().max(120), z.string().max(10_000))
  .refine((fields) => Object.keys(fields).length <= MOST_FIELDS, `A lead has at most ${MOST_FIELDS} custom fields.`)
  .meta({ maxProperties: MOST_FIELDS })
const edit = { ...details, customFields: customFields.optional() }

/** Input of lists of leads, here and inside a batch. */
export const leadListInput = {
  ...leadFilterInput,
  sort: z.enum(LEAD_SORTS).default('created'),
  descending: z.boolean().default(true),
  /** Custom fields whose values are wanted. */
  customFields: z.array(z.string().max(120)).max(20).optional(),
  ...pageInput,
}

export const leadsRouter = createRouter({
  list: procedure
    .input(z.object({ ...leadListInput, batchId: id.optional() }).prefault({}))
    .query(({ ctx, input }) => listLeads(ctx.deps, input)),
  customFields: procedure.query(({ ctx }) => listCustomFields(ctx.deps)),
  get: procedure.input(z.object({ id })).query(({ ctx, input }) => getLead(ctx.deps, input.id)),
  receivedMessage: procedure.input(z.object({ id })).query(({ ctx, input }) => getReceivedMessage(ctx.deps, input.id)),
  correctMessage: procedure
    .input(
      z.object({
        id,
        to: z.enum(CORRECTIONS),
        why: z.string().max(2_000).optional(),
        ifCorrectedAt: z.date().optional(),
      }),
    )
    .mutation(({ ctx, input }) => correctMessage(ctx.deps, { ...input, by: ctx.user.id })),
  create: procedure
    .input(z.object({ ...edit, email: z.string().max(1_000), batchId: id.optional() }))
    .mutation(({ ctx, input }) => createLead(ctx.deps, { ...input, by: ctx.user.id })),
  update: procedure
    .input(z.object({ ...edit, id, email: z.string().max(1_000).optional() }))
    .mutation(({ ctx, input }) => updateLead(ctx.deps, { ...input, by: ctx.user.id })),
  delete: procedure
    .input(z.object({ ...selection, dryRun: z.boolean().optional() }).refine(oneOf, ONE_OF))
    .mutation(({ ctx, input }) => deleteLeads(ctx.deps, { ids: idsOf(input), dryRun: input.dryRun, by: ctx.user.id })),
  setStatus: procedure
    .input(z.object({ ...selection, status: z.enum(LEAD_STATUSES) }).refine(oneOf, ONE_OF))
    .mutation(({ ctx, input }) =>
      setLeadStatus(ctx.deps, { ids: idsOf(input), status: input.status, by: ctx.user.id }),
    ),
})
