import { z } from 'zod'
import { MOST_KNOWN_ANSWERS, MOST_RECIPIENTS, REPLY_KINDS } from '@/domain/reply/state'
import { getReplyDraft } from '@/use-cases/replies/get-reply-draft'
import { getWrittenReply } from '@/use-cases/replies/get-written-reply'
import { listReplies } from '@/use-cases/replies/list-replies'
import { prepareReplyText } from '@/use-cases/replies/prepare-reply-text'
import { resolveHeldReply } from '@/use-cases/replies/resolve-held-reply'
import { retryReply } from '@/use-cases/replies/retry-reply'
import { sendReply } from '@/use-cases/replies/send-reply'
import { undoReply } from '@/use-cases/replies/undo-reply'
import { createRouter, procedure } from '../trpc'

const id = z.uuid()
const addresses = z.array(z.string().max(1_000)).max(MOST_RECIPIENTS)
const known = z.array(id).max(MOST_KNOWN_ANSWERS)
const kind = z.enum(REPLY_KINDS)

export const repliesRouter = createRouter({
  list: procedure
    .input(z.union([z.object({ leadId: id }), z.object({ messageIds: z.array(id).max(200) })]))
    .query(({ ctx, input }) => listReplies(ctx.deps, input)),
  draft: procedure.input(z.object({ messageId: id, kind })).query(({ ctx, input }) => getReplyDraft(ctx.deps, input)),
  fromTemplate: procedure
    .input(z.object({ messageId: id, templateId: id }))
    .query(({ ctx, input }) => prepareReplyText(ctx.deps, input)),
  written: procedure.input(z.object({ id })).query(({ ctx, input }) => getWrittenReply(ctx.deps, input)),
  send: procedure
    .input(
      z.object({
        id,
        messageId: id,
        kind: kind.default('answer'),
        to: addresses,
        cc: addresses.optional(),
        subject: z.string().max(500).optional(),
        text: z.string().max(100_000),
        asHtml: z.boolean().optional(),
        quote: z.boolean().optional(),
        confirmed: addresses.optional(),
        known: known.optional(),
      }),
    )
    .mutation(({ ctx, input }) => sendReply(ctx.deps, { ...input, by: ctx.user.id })),
  undo: procedure
    .input(z.object({ id }))
    .mutation(({ ctx, input }) => undoReply(ctx.deps, { ...input, by: ctx.user.id })),
  retry: procedure
    .input(z.object({ id, confirmed: addresses.optional(), known: known.optional() }))
    .mutation(({ ctx, input }) => retryReply(ctx.deps, { ...input, by: ctx.user.id })),
  resolveHeld: procedure
    .input(z.object({ id, choice: z.enum(['delivered', 'again']) }))
    .mutation(({ ctx, input }) => resolveHeldReply(ctx.deps, { ...input, by: ctx.user.id })),
})
