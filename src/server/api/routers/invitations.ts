import { acceptedInput } from '@/domain/team/people-input'
import { acceptInvitation } from '@/use-cases/team/accept-invitation'
import { createRouter, openProcedure } from '../trpc'

/** For people who have no account yet: the secret of the link is all the authority they need. */
export const invitationsRouter = createRouter({
  accept: openProcedure.input(acceptedInput).mutation(async ({ ctx, input }) => {
    const { email } = await acceptInvitation(ctx.deps, input)
    return { email }
  }),
})
