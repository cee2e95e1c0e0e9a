import { z } from 'zod'
import { choiceInput, markReadInput } from '@/domain/notification/input'
import { countUnreadNotifications, listNotifications } from '@/use-cases/notifications/list-notifications'
import {
  getNotificationChoices,
  updateNotificationChoice,
  updateRead,
} from '@/use-cases/notifications/update-notifications'
import { createRouter, procedure } from '../trpc'

/** What a person is told of, and how; each their own. */
export const notificationsRouter = createRouter({
  list: procedure
    .input(z.object({ before: z.uuid().optional() }))
    .query(({ ctx, input }) => listNotifications(ctx.deps, { ...input, userId: ctx.user.id })),
  unread: procedure.query(({ ctx }) => countUnreadNotifications(ctx.deps, { userId: ctx.user.id })),
  markRead: procedure
    .input(markReadInput)
    .mutation(({ ctx, input }) => updateRead(ctx.deps, { ...input, userId: ctx.user.id })),
  choices: procedure.query(({ ctx }) => getNotificationChoices(ctx.deps, { userId: ctx.user.id })),
  setChoice: procedure
    .input(choiceInput)
    .mutation(({ ctx, input }) => updateNotificationChoice(ctx.deps, { ...input, userId: ctx.user.id })),
})
