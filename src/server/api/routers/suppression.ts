import { z } from 'zod'
import { IMPORT_LIMITS } from '@/domain/lead/import-limits'
import { SUPPRESSION_REASONS } from '@/domain/lead/suppression'
import { addSuppression } from '@/use-cases/suppression/add-suppression'
import { importSuppressions } from '@/use-cases/suppression/import-suppressions'
import { listRemovals } from '@/use-cases/suppression/list-removals'
import { listSuppressions } from '@/use-cases/suppression/list-suppressions'
import { removeSuppression } from '@/use-cases/suppression/remove-suppression'
import { contentOf, csvInput, hasOneContent, ONE_CONTENT } from '../csv-input'
import { pageInput } from '../list-input'
import { createRouter, procedure } from '../trpc'

const reason = z.enum(SUPPRESSION_REASONS).default('manual')

export const suppressionRouter = createRouter({
  list: procedure
    .input(
      z
        .object({
          search: z.string().trim().max(200).optional(),
          kind: z.enum(['address', 'domain']).optional(),
          ...pageInput,
        })
        .prefault({}),
    )
    .query(({ ctx, input }) => listSuppressions(ctx.deps, input)),
  add: procedure
    .input(z.object({ value: z.string().min(1).max(1_000), reason, confirmed: z.boolean().optional() }))
    .mutation(({ ctx, input }) => addSuppression(ctx.deps, { ...input, by: ctx.user.id })),
  remove: procedure
    .input(z.object({ id: z.uuid(), reason: z.string().max(10_000) }))
    .mutation(({ ctx, input }) => removeSuppression(ctx.deps, { ...input, by: ctx.user.id })),
  removals: procedure.query(({ ctx }) => listRemovals(ctx.deps)),
  import: procedure
    .input(
      z
        .object({ ...csvInput, reason, column: z.int().min(0).max(IMPORT_LIMITS.columns).optional() })
        .refine(hasOneContent, ONE_CONTENT),
    )
    .mutation(async ({ ctx, input: { uploadId, text, ...input } }) =>
      importSuppressions(ctx.deps, { ...input, ...(await contentOf(ctx, { uploadId, text })), by: ctx.user.id }),
    ),
})
