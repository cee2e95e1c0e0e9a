import { z } from 'zod'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { OAUTH_PROVIDERS } from '@/domain/mailbox/oauth'
import { oauthClientInput } from '@/domain/mailbox/oauth-input'
import { applyMailbox } from '@/use-cases/changes/apply-mailbox'
import { previewMailbox } from '@/use-cases/changes/preview-mailbox'
import { checkDomain } from '@/use-cases/mailboxes/check-domain'
import { deleteMailbox } from '@/use-cases/mailboxes/delete-mailbox'
import { endSignIn } from '@/use-cases/mailboxes/end-sign-in'
import { getServers } from '@/use-cases/mailboxes/get-servers'
import { listMailboxes, listMailboxesBearing } from '@/use-cases/mailboxes/list-mailboxes'
import { listOauthClients } from '@/use-cases/mailboxes/list-oauth-clients'
import { createMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { saveOauthClient } from '@/use-cases/mailboxes/save-oauth-client'
import { startSignIn } from '@/use-cases/mailboxes/start-sign-in'
import { testMailbox } from '@/use-cases/mailboxes/test-mailbox'
import { findInput } from '../list-input'
import { createRouter, procedure } from '../trpc'

const mailboxId = z.object({ mailboxId: z.uuid() })

export const mailboxesRouter = createRouter({
  list: procedure.query(({ ctx }) => listMailboxes(ctx.deps)),
  find: procedure.input(findInput).query(({ ctx, input }) => listMailboxesBearing(ctx.deps, input)),
  provider: procedure
    .input(z.object({ address: z.string().max(1_000) }))
    .query(({ ctx, input }) => getServers(ctx.deps, input)),
  create: procedure.input(mailboxInput).mutation(({ ctx, input }) => createMailbox(ctx.deps, input)),
  previewUpdate: procedure
    .input(mailboxId.extend({ mailbox: mailboxInput }))
    .mutation(({ ctx, input }) => previewMailbox(ctx.deps, input)),
  update: procedure
    .input(mailboxId.extend({ mailbox: mailboxInput, seen: z.string().max(100_000).nullish() }))
    .mutation(({ ctx, input }) => applyMailbox(ctx.deps, { ...input, by: ctx.user.id })),
  delete: procedure.input(mailboxId).mutation(({ ctx, input }) => deleteMailbox(ctx.deps, input)),
  startSignIn: procedure
    .input(mailboxId.extend({ provider: z.enum(OAUTH_PROVIDERS) }))
    .mutation(({ ctx, input }) => startSignIn(ctx.deps, { ...input, sessionId: ctx.sessionId ?? '' })),
  endSignIn: procedure.input(mailboxId).mutation(({ ctx, input }) => endSignIn(ctx.deps, input)),
  oauthClients: procedure.query(({ ctx }) => listOauthClients(ctx.deps)),
  saveOauthClient: procedure.input(oauthClientInput).mutation(({ ctx, input }) => saveOauthClient(ctx.deps, input)),
  checkDomain: procedure.input(mailboxId).mutation(({ ctx, input }) => checkDomain(ctx.deps, input)),
  test: procedure.input(mailboxId).mutation(({ ctx, input }) => testMailbox(ctx.deps, input)),
})
