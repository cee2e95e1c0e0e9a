import { z } from 'zod'
import { VIEWED_LISTS } from '@/domain/lists/views'
import { renameInput, resetInput, resetRequestInput } from '@/domain/team/people-input'
import { endOtherSessions, endSession } from '@/use-cases/team/end-session'
import { getAccount } from '@/use-cases/team/get-account'
import { resetPassword } from '@/use-cases/team/reset-password'
import { deleteView, listViews, saveView } from '@/use-cases/team/save-view'
import { sendResetLink } from '@/use-cases/team/send-reset-link'
import { updateAccount } from '@/use-cases/team/update-account'
import { createRouter, openProcedure, procedure } from '../trpc'

/** A person's own account. Password and second factor change at the addresses of the sign-in. */
export const accountRouter = createRouter({
  get: procedure.query(({ ctx }) => getAccount(ctx.deps, { userId: ctx.user.id, sessionId: ctx.sessionId })),
  update: procedure
    .input(renameInput)
    .mutation(({ ctx, input }) => updateAccount(ctx.deps, { ...input, userId: ctx.user.id })),
  views: procedure
    .input(z.object({ list: z.enum(VIEWED_LISTS) }))
    .query(({ ctx, input }) => listViews(ctx.deps, { ...input, userId: ctx.user.id })),
  saveView: procedure
    .input(
      z.object({
        list: z.enum(VIEWED_LISTS),
        name: z.string().trim().min(1, 'Give the view a name.').max(80),
        query: z.string().max(2_000),
      }),
    )
    .mutation(({ ctx, input }) => saveView(ctx.deps, { ...input, userId: ctx.user.id })),
  deleteView: procedure
    .input(z.object({ id: z.uuid() }))
    .mutation(({ ctx, input }) => deleteView(ctx.deps, { ...input, userId: ctx.user.id })),
  endSession: procedure
    .input(z.object({ id: z.string().min(1).max(100) }))
    .mutation(({ ctx, input }) => endSession(ctx.deps, { ...input, userId: ctx.user.id })),
  endOtherSessions: procedure.mutation(({ ctx }) =>
    endOtherSessions(ctx.deps, { userId: ctx.user.id, sessionId: ctx.sessionId ?? '' }),
  ),
  requestReset: openProcedure.input(resetRequestInput).mutation(({ ctx, input }) => {
    // Answered before it is done: how long it takes would tell whether there is such an account.
    sendResetLink(ctx.deps, { ...input, place: ctx.from?.ip ?? null }).catch((error: unknown) =>
      ctx.deps.log.error({ err: error }, 'a link for a new password was not sent'),
    )
    return { asked: true }
  }),
  resetPassword: openProcedure.input(resetInput).mutation(async ({ ctx, input }) => {
    const { email } = await resetPassword(ctx.deps, input)
    return { email }
  }),
})
