import { z } from 'zod'
import { LEAD_SOURCES } from '@/domain/lead-generation/criteria'
import { sourceInput } from '@/domain/lead-generation/source-settings'
import { listLeadSources } from '@/use-cases/lead-sources/list-lead-sources'
import { saveLeadSource } from '@/use-cases/lead-sources/save-lead-source'
import { testLeadSource } from '@/use-cases/lead-sources/test-lead-source'
import { createRouter, procedure } from '../trpc'

export const leadSourcesRouter = createRouter({
  list: procedure.query(({ ctx }) => listLeadSources(ctx.deps)),
  save: procedure.input(sourceInput).mutation(({ ctx, input }) => saveLeadSource(ctx.deps, input)),
  test: procedure
    .input(z.object({ source: z.enum(LEAD_SOURCES) }))
    .mutation(({ ctx, input }) => testLeadSource(ctx.deps, input)),
})
