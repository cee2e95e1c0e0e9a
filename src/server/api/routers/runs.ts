import { z } from 'zod'
import { getRun } from '@/use-cases/lead-generation/get-run'
import { listRuns } from '@/use-cases/lead-generation/list-runs'
import { numberedPage } from '../list-input'
import { createRouter, procedure } from '../trpc'

export const runsRouter = createRouter({
  list: procedure
    .input(
      z.object({
        campaignId: z.uuid(),
        ...numberedPage,
      }),
    )
    .query(({ ctx, input }) => listRuns(ctx.deps, input)),
  get: procedure.input(z.object({ runId: z.uuid() })).query(({ ctx, input }) => getRun(ctx.deps, input)),
})
