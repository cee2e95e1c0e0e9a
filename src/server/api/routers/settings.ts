import { settingsInput } from '@/domain/settings'
import { loadSampleData } from '@/use-cases/sample-data/load-sample-data'
import { getSettings } from '@/use-cases/settings/get-settings'
import { updateSettings } from '@/use-cases/settings/update-settings'
import { createRouter, memberProcedure, ownerProcedure } from '../trpc'

export const settingsRouter = createRouter({
  get: memberProcedure.query(({ ctx }) => getSettings(ctx.deps)),
  update: ownerProcedure.input(settingsInput).mutation(({ ctx, input }) => updateSettings(ctx.deps, input)),
  loadSampleData: ownerProcedure.mutation(({ ctx }) => loadSampleData(ctx.deps, { by: ctx.user.id })),
})
