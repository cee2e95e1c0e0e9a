import { accountRouter } from './routers/account'
import { auditRouter } from './routers/audit'
import { batchesRouter } from './routers/batches'
import { campaignsRouter } from './routers/campaigns'
import { importsRouter } from './routers/imports'
import { inboxRouter } from './routers/inbox'
import { invitationsRouter } from './routers/invitations'
import { leadSourcesRouter } from './routers/lead-sources'
import { leadsRouter } from './routers/leads'
import { mailboxesRouter } from './routers/mailboxes'
import { massActsRouter } from './routers/mass-acts'
import { notificationsRouter } from './routers/notifications'
import { repliesRouter } from './routers/replies'
import { runsRouter } from './routers/runs'
import { sandboxRouter } from './routers/sandbox'
import { settingsRouter } from './routers/settings'
import { suppressionRouter } from './routers/suppression'
import { teamRouter } from './routers/team'
import { templatesRouter } from './routers/templates'
import { workflowsRouter } from './routers/workflows'
import { createRouter } from './trpc'

export const appRouter = createRouter({
  account: accountRouter,
  audit: auditRouter,
  batches: batchesRouter,
  campaigns: campaignsRouter,
  sandbox: sandboxRouter,
  leadSources: leadSourcesRouter,
  leads: leadsRouter,
  imports: importsRouter,
  inbox: inboxRouter,
  invitations: invitationsRouter,
  mailboxes: mailboxesRouter,
  notifications: notificationsRouter,
  massActs: massActsRouter,
  replies: repliesRouter,
  runs: runsRouter,
  settings: settingsRouter,
  suppression: suppressionRouter,
  team: teamRouter,
  templates: templatesRouter,
  workflows: workflowsRouter,
})

export type AppRouter = typeof appRouter
