import { retentionInput } from '@/domain/retention-input'
import { settingsInput } from '@/domain/settings'
import { acceptRestore, getOpenRestore } from '@/use-cases/maintenance/accept-restore'
import { loadSampleData } from '@/use-cases/sample-data/load-sample-data'
import { getSettings } from '@/use-cases/settings/get-settings'
import { updateRetention } from '@/use-cases/settings/update-retention'
import { updateSettings } from '@/use-cases/settings/update-settings'
import { createRouter, procedure } from '../trpc'

export const settingsRouter = createRouter({
  get: procedure.query(({ ctx }) => getSettings(ctx.deps)),
  update: procedure.input(settingsInput).mutation(({ ctx, input }) => updateSettings(ctx.deps, input)),
  updateRetention: procedure.input(retentionInput).mutation(({ ctx, input }) => updateRetention(ctx.deps, input)),
  restore: procedure.query(({ ctx }) => getOpenRestore(ctx.deps)),
  acceptRestore: procedure.mutation(({ ctx }) => acceptRestore(ctx.deps, { by: ctx.user.id })),
  loadSampleData: procedure.mutation(({ ctx }) => loadSampleData(ctx.deps, { by: ctx.user.id })),
})
