import { batchesRouter } from './routers/batches'
import { campaignsRouter } from './routers/campaigns'
import { leadsRouter } from './routers/leads'
import { suppressionRouter } from './routers/suppression'
import { templatesRouter } from './routers/templates'
import { createRouter } from './trpc'
import { workflowsRouter } from './routers/workflows'

export const appRouter = createRouter({
  batches: batchesRouter,
  campaigns: campaignsRouter,
  leads: leadsRouter,
  suppression: suppressionRouter,
  templates: templatesRouter,
  workflows: workflowsRouter,
})

export type AppRouter = typeof appRouter
