import { z } from 'zod'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { checkDomain } from '@/use-cases/mailboxes/check-domain'
import { deleteMailbox } from '@/use-cases/mailboxes/delete-mailbox'
import { getServers } from '@/use-cases/mailboxes/get-servers'
import { listMailboxes } from '@/use-cases/mailboxes/list-mailboxes'
import { createMailbox, updateMailbox } from '@/use-cases/mailboxes/save-mailbox'
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
  checkDomain: ownerProcedure.input(mailboxId).mutation(({ ctx, input }) => checkDomain(ctx.deps, input)),
  test: ownerProcedure.input(mailboxId).mutation(({ ctx, input }) => testMailbox(ctx.deps, input)),
})
