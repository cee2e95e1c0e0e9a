import { z } from 'zod'
import { invitationInput } from '@/domain/team/people-input'
import { ROLES } from '@/domain/team/roles'
import { changeRole } from '@/use-cases/team/change-role'
import { createInvitation } from '@/use-cases/team/create-invitation'
import { createResetLink } from '@/use-cases/team/create-reset-link'
import { endInvitation } from '@/use-cases/team/end-invitation'
import { endTwoFactor } from '@/use-cases/team/end-two-factor'
import { listPeople, listPeopleBearing } from '@/use-cases/team/list-people'
import { removePerson } from '@/use-cases/team/remove-person'
import { findInput } from '../list-input'
import { createRouter, procedure } from '../trpc'

const userId = z.string().min(1).max(100)
const role = z.enum(ROLES)

export const teamRouter = createRouter({
  people: procedure.query(({ ctx }) => listPeople(ctx.deps, { by: ctx.user })),
  find: procedure.input(findInput).query(({ ctx, input }) => listPeopleBearing(ctx.deps, input)),
  invite: procedure
    .input(invitationInput)
    .mutation(({ ctx, input }) => createInvitation(ctx.deps, { ...input, by: ctx.user })),
  endInvitation: procedure
    .input(z.object({ id: z.uuid() }))
    .mutation(({ ctx, input }) => endInvitation(ctx.deps, { ...input, by: ctx.user })),
  changeRole: procedure
    .input(z.object({ userId, from: role, to: role }))
    .mutation(({ ctx, input }) => changeRole(ctx.deps, { ...input, by: ctx.user })),
  endTwoFactor: procedure
    .input(z.object({ userId }))
    .mutation(({ ctx, input }) => endTwoFactor(ctx.deps, { ...input, now: ctx.deps.clock.realNow() })),
  resetLink: procedure.input(z.object({ userId })).mutation(({ ctx, input }) => {
    const { sql, config, clock } = ctx.deps
    return createResetLink({ sql, appUrl: config.appUrl }, { ...input, now: clock.realNow() })
  }),
  remove: procedure
    .input(z.object({ userId }))
    .mutation(({ ctx, input }) => removePerson(ctx.deps, { ...input, by: ctx.user })),
})
