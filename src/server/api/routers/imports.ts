import { z } from 'zod'
import { cancelImport } from '@/use-cases/leads/cancel-import'
import { getImport, listImports, listImportsBearing } from '@/use-cases/leads/list-imports'
import { previewRollback, rollBackImport } from '@/use-cases/leads/roll-back-import'
import { startImport } from '@/use-cases/leads/start-import'
import { contentOf, hasOneContent, ONE_CONTENT } from '../csv-input'
import { leadFileInput } from '../lead-file-input'
import { findInput, numberedPage } from '../list-input'
import { createRouter, procedure } from '../trpc'

const one = z.object({ id: z.uuid() })
const seen = z.int().min(0).max(100_000_000)

export const importsRouter = createRouter({
  list: procedure.input(z.object(numberedPage).prefault({})).query(({ ctx, input }) => listImports(ctx.deps, input)),
  find: procedure.input(findInput).query(({ ctx, input }) => listImportsBearing(ctx.deps, input)),
  get: procedure.input(one).query(({ ctx, input }) => getImport(ctx.deps, input)),
  start: procedure
    .input(z.object(leadFileInput).refine(hasOneContent, ONE_CONTENT))
    .mutation(async ({ ctx, input: { uploadId, text, ...input } }) =>
      startImport(ctx.deps, { ...input, ...(await contentOf(ctx, { uploadId, text })), by: ctx.user.id }),
    ),
  cancel: procedure.input(one).mutation(({ ctx, input }) => cancelImport(ctx.deps, { ...input, by: ctx.user.id })),
  rollbackPreview: procedure.input(one).query(({ ctx, input }) => previewRollback(ctx.deps, input)),
  rollback: procedure
    .input(one.extend({ expected: z.object({ removed: seen, restored: seen }) }))
    .mutation(({ ctx, input }) => rollBackImport(ctx.deps, { ...input, by: ctx.user.id })),
})
