import { z } from 'zod'
import { SCOPES } from '@/domain/inbox/conversation'
import { CHANGED_BY_INTEREST, INTERESTS } from '@/domain/inbox/interest'
import { NOTE_MAX } from '@/domain/inbox/note'
import { readMessageAgain } from '@/use-cases/conversations/read-message-again'
import { addNote } from '@/use-cases/inbox/add-note'
import { changeConversation } from '@/use-cases/inbox/change-conversation'
import { countConversations } from '@/use-cases/inbox/count-conversations'
import { getConversation } from '@/use-cases/inbox/get-conversation'
import { listAnsweredCampaigns } from '@/use-cases/inbox/list-answered-campaigns'
import { listConversations } from '@/use-cases/inbox/list-conversations'
import { removeNote } from '@/use-cases/inbox/remove-note'
import { resetInterest } from '@/use-cases/inbox/reset-interest'
import { setInterest } from '@/use-cases/inbox/set-interest'
import { pageInput } from '../list-input'
import { createRouter, procedure } from '../trpc'

const id = z.uuid()
/** Takes an act back: only if nobody has changed the conversation since. */
const version = z.int().min(0).max(2_000_000_000)
const ifVersion = version.optional()
/** Their latest message that the person has seen, as `get` names it; null: none. An act that may hide a later one names it. */
const seen = id.nullable().optional()
/** It was unread before the act that this one takes back. */
const unread = z.literal(true).optional()
const NAME_SEEN = 'Name the last message that was seen.'
/** Of one lead that a judgement has skipped. */
const MOST_EMAILS = 10_000
const person = z.string().min(1).max(200)

const filter = {
  mailboxId: id.optional(),
  campaignId: id.optional(),
  /** "me", or a person; null: nobody's. */
  assigneeId: person.nullable().optional(),
  search: z.string().trim().max(200).optional(),
}

/** The caller's own id in place of "me". */
const ofCaller = <Input extends { assigneeId?: string | null | undefined }>(input: Input, user: { id: string }) =>
  input.assigneeId === 'me' ? { ...input, assigneeId: user.id } : input

export const inboxRouter = createRouter({
  list: procedure
    .input(z.object({ ...filter, scope: z.enum(SCOPES).default('open'), ...pageInput }).prefault({}))
    .query(({ ctx, input }) => listConversations(ctx.deps, ofCaller(input, ctx.user))),
  counts: procedure
    .input(z.object(filter).prefault({}))
    .query(({ ctx, input }) => countConversations(ctx.deps, ofCaller(input, ctx.user))),
  campaigns: procedure.query(({ ctx }) => listAnsweredCampaigns(ctx.deps)),
  get: procedure
    .input(z.object({ id }))
    .query(({ ctx, input }) => getConversation(ctx.deps, { ...input, by: ctx.user.id })),
  setDone: procedure
    .input(
      z
        .object({ id, done: z.boolean(), seen, unread, ifVersion })
        .refine((input) => !input.done || input.seen !== undefined, NAME_SEEN),
    )
    .mutation(({ ctx, input: { done, unread, ...input } }) =>
      changeConversation(ctx.deps, { ...input, change: { done, unread }, by: ctx.user.id }),
    ),
  snooze: procedure
    .input(
      z
        .object({ id, until: z.date().nullable(), seen, unread, ifVersion })
        .refine((input) => input.until === null || input.seen !== undefined, NAME_SEEN),
    )
    .mutation(({ ctx, input: { until, unread, ...input } }) =>
      changeConversation(ctx.deps, { ...input, change: { snoozedUntil: until, unread }, by: ctx.user.id }),
    ),
  assign: procedure
    .input(z.object({ id, assigneeId: person.nullable(), ifVersion }))
    .mutation(({ ctx, input: { assigneeId, ...input } }) =>
      changeConversation(ctx.deps, { ...input, change: { assigneeId }, by: ctx.user.id }),
    ),
  setUnread: procedure
    .input(
      z
        .object({ id, isUnread: z.boolean(), seen })
        .refine((input) => input.isUnread || input.seen !== undefined, NAME_SEEN),
    )
    .mutation(({ ctx, input: { isUnread, ...input } }) =>
      changeConversation(ctx.deps, { ...input, change: { isUnread }, by: ctx.user.id }),
    ),
  setInterest: procedure
    .input(z.object({ id, interest: z.enum(INTERESTS) }))
    .mutation(({ ctx, input }) => setInterest(ctx.deps, { ...input, by: ctx.user.id })),
  resetInterest: procedure
    .input(
      z.object({
        id,
        was: z.object({
          interest: z.enum(INTERESTS).nullable(),
          leadStatus: z.enum(CHANGED_BY_INTEREST).nullable(),
          skipped: z.array(id).max(MOST_EMAILS),
        }),
        ifVersion: version,
      }),
    )
    .mutation(({ ctx, input }) => resetInterest(ctx.deps, { ...input, by: ctx.user.id })),
  readAgain: procedure
    .input(z.object({ id }))
    .mutation(({ ctx, input }) => readMessageAgain(ctx.deps, { ...input, by: ctx.user.id })),
  addNote: procedure
    .input(z.object({ conversationId: id, text: z.string().max(2 * NOTE_MAX) }))
    .mutation(({ ctx, input }) => addNote(ctx.deps, { ...input, by: ctx.user })),
  removeNote: procedure
    .input(z.object({ id }))
    .mutation(({ ctx, input }) => removeNote(ctx.deps, { ...input, by: ctx.user.id })),
})
