import { z } from 'zod'
import { getRun } from '@/use-cases/lead-generation/get-run'
import { listRuns } from '@/use-cases/lead-generation/list-runs'
import { numberedPage } from '../list-input'
import { createRouter, memberProcedure } from '../trpc'

export const runsRouter = createRouter({
  list: memberProcedure
    .input(
      z.object({
        campaignId: z.uuid(),
        ...numberedPage,
      }),
    )
    .query(({ ctx, input }) => listRuns(ctx.deps, input)),
  get: memberProcedure.input(z.object({ runId: z.uuid() })).query(({ ctx, input }) => getRun(ctx.deps, input)),
})
