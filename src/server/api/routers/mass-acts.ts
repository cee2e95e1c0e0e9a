import { z } from 'zod'
import { LEAD_STATUSES } from '@/domain/lead/status'
import { MASS_ACTS } from '@/domain/lists/mass-act'
import { listEndedMassActs, listMassActs } from '@/use-cases/mass-acts/list-mass-acts'
import { countMatchingLeads, previewMassAct } from '@/use-cases/mass-acts/preview-mass-act'
import { startMassAct } from '@/use-cases/mass-acts/start-mass-act'
import { stopMassAct } from '@/use-cases/mass-acts/stop-mass-act'
import { undoMassAct } from '@/use-cases/mass-acts/undo-mass-act'
import { leadFilterInput } from '../lead-filter-input'
import { numberedPage } from '../list-input'
import { createRouter, procedure } from '../trpc'

const id = z.object({ id: z.uuid() })
/** The leads that a list shows under these filters, or these alone. */
const listed = {
  ...leadFilterInput,
  inBatch: z.uuid().optional(),
  unused: z.boolean().optional(),
}
const filter = {
  ...listed,
  ids: z.array(z.uuid()).min(1).max(10_000).optional(),
}
const act = {
  ...filter,
  kind: z.enum(MASS_ACTS),
  status: z.enum(LEAD_STATUSES).optional(),
  batchId: z.uuid().optional(),
}
type Filter = z.infer<z.ZodObject<typeof filter>>
const filterOf = ({ search, statuses, inBatch, source, addedFrom, addedTo, unused, ids }: Filter) => ({
  ...(search ? { search } : {}),
  ...(statuses?.length ? { statuses } : {}),
  ...(inBatch ? { batchId: inBatch } : {}),
  ...(source ? { source } : {}),
  ...(addedFrom ? { addedFrom } : {}),
  ...(addedTo ? { addedTo } : {}),
  ...(unused ? { unused } : {}),
  ...(ids ? { ids: [...new Set(ids)] } : {}),
})
const askedOf = (input: z.infer<z.ZodObject<typeof act>>) => ({
  kind: input.kind,
  filter: filterOf(input),
  choice: { status: input.status, batchId: input.batchId },
})

export const massActsRouter = createRouter({
  list: procedure.query(({ ctx }) => listMassActs(ctx.deps)),
  ended: procedure
    .input(z.object(numberedPage).prefault({}))
    .query(({ ctx, input }) => listEndedMassActs(ctx.deps, input)),
  count: procedure
    .input(z.object(listed).prefault({}))
    .query(({ ctx, input }) => countMatchingLeads(ctx.deps, filterOf(input))),
  // No query: an address has no room for ids.
  preview: procedure.input(z.object(act)).mutation(({ ctx, input }) => previewMassAct(ctx.deps, askedOf(input))),
  start: procedure
    .input(
      z.object({
        ...act,
        expected: z.int().min(0).max(100_000_000),
        batchName: z.string().trim().min(1).max(200).optional(),
      }),
    )
    .mutation(({ ctx, input }) =>
      startMassAct(ctx.deps, {
        ...askedOf(input),
        expected: input.expected,
        batchName: input.batchName,
        by: ctx.user.id,
      }),
    ),
  stop: procedure.input(id).mutation(({ ctx, input }) => stopMassAct(ctx.deps, { ...input, by: ctx.user.id })),
  undo: procedure.input(id).mutation(({ ctx, input }) => undoMassAct(ctx.deps, { ...input, by: ctx.user.id })),
})
