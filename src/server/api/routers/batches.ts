import { z } from 'zod'
import { createBatch } from '@/use-cases/leads/create-batch'
import { deleteBatch } from '@/use-cases/leads/delete-batch'
import { getBatch } from '@/use-cases/leads/get-batch'
import { importLeads } from '@/use-cases/leads/import-leads'
import { listBatches } from '@/use-cases/leads/list-batches'
import { updateBatch } from '@/use-cases/leads/update-batch'
import { deleteBatchAndLeads } from '@/use-cases/mass-acts/delete-batch-and-leads'
import { contentOf, hasOneContent, ONE_CONTENT } from '../csv-input'
import { leadFileInput } from '../lead-file-input'
import { namedListInput } from '../list-input'
import { createRouter, procedure } from '../trpc'
import { leadListInput } from './leads'

const id = z.uuid()
const name = z.string().trim().min(1, 'Give the batch a name.').max(200)
const description = z.string().trim().max(2_000).nullable().optional()
const leadIds = z.array(id).max(10_000).optional()

export const batchesRouter = createRouter({
  list: procedure.input(namedListInput.prefault({})).query(({ ctx, input }) => listBatches(ctx.deps, input)),
  get: procedure.input(z.object({ id, ...leadListInput })).query(({ ctx, input }) => getBatch(ctx.deps, input)),
  create: procedure
    .input(z.object({ name, description, leadIds }))
    .mutation(({ ctx, input }) => createBatch(ctx.deps, { ...input, by: ctx.user.id })),
  update: procedure
    .input(z.object({ id, name: name.optional(), description, addLeadIds: leadIds, removeLeadIds: leadIds }))
    .mutation(({ ctx, input }) => updateBatch(ctx.deps, { ...input, by: ctx.user.id })),
  delete: procedure
    .input(
      z.object({
        id,
        /** With those of its leads that nothing else needs, so many. */
        unusedLeads: z.int().min(1).max(100_000_000).optional(),
      }),
    )
    .mutation(({ ctx, input: { id, unusedLeads } }) =>
      unusedLeads
        ? deleteBatchAndLeads(ctx.deps, { id, expected: unusedLeads, by: ctx.user.id })
        : deleteBatch(ctx.deps, { id, by: ctx.user.id }),
    ),
  importCsv: procedure
    .input(z.object({ ...leadFileInput, dryRun: z.boolean().default(false) }).refine(hasOneContent, ONE_CONTENT))
    .mutation(async ({ ctx, input: { uploadId, text, ...input } }) =>
      importLeads(ctx.deps, { ...input, ...(await contentOf(ctx, { uploadId, text })), by: ctx.user.id }),
    ),
})
