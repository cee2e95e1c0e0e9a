import { z } from 'zod'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { OAUTH_PROVIDERS } from '@/domain/mailbox/oauth'
import { oauthClientInput } from '@/domain/mailbox/oauth-input'
import { checkDomain } from '@/use-cases/mailboxes/check-domain'
import { deleteMailbox } from '@/use-cases/mailboxes/delete-mailbox'
import { endSignIn } from '@/use-cases/mailboxes/end-sign-in'
import { getServers } from '@/use-cases/mailboxes/get-servers'
import { listMailboxes } from '@/use-cases/mailboxes/list-mailboxes'
import { listOauthClients } from '@/use-cases/mailboxes/list-oauth-clients'
import { createMailbox, updateMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { saveOauthClient } from '@/use-cases/mailboxes/save-oauth-client'
import { startSignIn } from '@/use-cases/mailboxes/start-sign-in'
import { testMailbox } from '@/use-cases/mailboxes/test-mailbox'
import { createRouter, memberProcedure, ownerProcedure } from '../trpc'

const mailboxId = z.object({ mailboxId: z.uuid() })

export const mailboxesRouter = createRouter({
  list: memberProcedure.query(({ ctx }) => listMailboxes(ctx.deps)),
  provider: ownerProcedure
    .input(z.object({ address: z.string().max(1_000) }))
    .query(({ ctx, input }) => getServers(ctx.deps, input)),
  create: ownerProcedure.input(mailboxInput).mutation(({ ctx, input }) => createMailbox(ctx.deps, input)),
  update: ownerProcedure
    .input(mailboxId.extend({ mailbox: mailboxInput }))
    .mutation(({ ctx, input }) => updateMailbox(ctx.deps, input)),
  delete: ownerProcedure.input(mailboxId).mutation(({ ctx, input }) => deleteMailbox(ctx.deps, input)),
  startSignIn: ownerProcedure
    .input(mailboxId.extend({ provider: z.enum(OAUTH_PROVIDERS) }))
    .mutation(({ ctx, input }) => startSignIn(ctx.deps, { ...input, sessionId: ctx.sessionId ?? '' })),
  endSignIn: ownerProcedure.input(mailboxId).mutation(({ ctx, input }) => endSignIn(ctx.deps, input)),
  oauthClients: ownerProcedure.query(({ ctx }) => listOauthClients(ctx.deps)),
  saveOauthClient: ownerProcedure
    .input(oauthClientInput)
    .mutation(({ ctx, input }) => saveOauthClient(ctx.deps, input)),
  checkDomain: ownerProcedure.input(mailboxId).mutation(({ ctx, input }) => checkDomain(ctx.deps, input)),
  test: ownerProcedure.input(mailboxId).mutation(({ ctx, input }) => testMailbox(ctx.deps, input)),
})
