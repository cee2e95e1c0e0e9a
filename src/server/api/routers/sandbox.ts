import { z } from 'zod'
import { sandboxAnswer } from '@/domain/conversation/sandbox-answer-input'
import { getMessage } from '@/use-cases/sandbox/get-message'
import { listAnswers } from '@/use-cases/sandbox/list-answers'
import { listMessages } from '@/use-cases/sandbox/list-messages'
import { sendAnswer } from '@/use-cases/sandbox/send-answer'
import { pageInput } from '../list-input'
import { createRouter, procedure } from '../trpc'

/** The sandbox inbox: what really left the engine, as it was received. */
export const sandboxRouter = createRouter({
  list: procedure
    .input(
      z.object({
        search: z.string().trim().max(200).optional(),
        ...pageInput,
      }),
    )
    .query(({ ctx, input }) => listMessages(ctx.deps, input)),
  get: procedure.input(z.object({ id: z.uuid() })).query(({ ctx, input }) => getMessage(ctx.deps, input)),
  answers: procedure.input(z.object({ id: z.uuid() })).query(({ ctx, input }) => listAnswers(ctx.deps, input)),
  answer: procedure
    .input(z.object({ id: z.uuid(), answer: sandboxAnswer }))
    .mutation(({ ctx, input }) => sendAnswer(ctx.deps, input)),
})
