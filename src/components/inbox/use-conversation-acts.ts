'use client'

import { useRefreshLeads } from '@/components/leads/actions/use-lead-actions'
import { correctedWords, correctionWords } from '@/components/leads/lead/correction-text'
import { formatOf } from '@/components/ui/numbers'
import { notifyDone, notifyFailed } from '@/components/ui/overlays/toast'
import type { Interest } from '@/domain/conversation/interest'
import { api, messageOf } from '@/trpc/react'
import type { MessageEntry } from './api-types'
import { INTEREST_WORDS } from './inbox-text'

/** Says what followed; whoever has gone on to the next conversation meanwhile is sayAfter as well. */
async function sayAfter<Answer>(work: Promise<Answer>, say: (answer: Answer) => void): Promise<void> {
  try {
    say(await work)
  } catch (error) {
    notifyFailed(messageOf(error))
  }
}

const asBefore = () => notifyDone('As it was before.')

/** What a person can do with a conversation, each with its way back. */
export function useConversationActs(id: string) {
  const utils = api.useUtils()
  const refreshLeads = useRefreshLeads()
  const own = { onSettled: () => utils.inbox.invalidate() }
  const withLead = { onSettled: () => Promise.all([utils.inbox.invalidate(), refreshLeads()]) }
  const setDone = api.inbox.setDone.useMutation(own)
  const snooze = api.inbox.snooze.useMutation(own)
  const assign = api.inbox.assign.useMutation(own)
  const setUnread = api.inbox.setUnread.useMutation(own)
  const setInterest = api.inbox.setInterest.useMutation(withLead)
  const resetInterest = api.inbox.resetInterest.useMutation(withLead)
  const correct = api.leads.correctMessage.useMutation(withLead)

  /** Done, snoozed or neither, as it was. */
  const putBack = (was: { isDone: boolean; snoozedUntil: Date | null }, ifVersion: number) => () =>
    void sayAfter(
      was.isDone
        ? setDone.mutateAsync({ id, done: true, ifVersion })
        : snooze.mutateAsync({ id, until: was.snoozedUntil, ifVersion }),
      asBefore,
    )

  return {
    pending: [setDone, snooze, assign, setInterest, correct].some(({ isPending }) => isPending),
    done: (done: boolean) =>
      sayAfter(setDone.mutateAsync({ id, done }), ({ was, version }) =>
        notifyDone(done ? 'Conversation done.' : 'Conversation open again.', { undo: putBack(was, version) }),
      ),
    /** `words`: until when, as the choice said it. */
    snooze: (until: Date | null, words: string) =>
      sayAfter(snooze.mutateAsync({ id, until }), ({ was, version }) =>
        notifyDone(until ? `Snoozed until ${words}.` : 'Snooze ended.', { undo: putBack(was, version) }),
      ),
    assign: (to: { id: string; name: string } | null) =>
      sayAfter(assign.mutateAsync({ id, assigneeId: to?.id ?? null }), ({ was, version: ifVersion }) =>
        notifyDone(to ? `Assigned to ${to.name}.` : 'Assigned to nobody.', {
          undo: () => void sayAfter(assign.mutateAsync({ id, assigneeId: was.assigneeId, ifVersion }), asBefore),
        }),
      ),
    setUnread: (isUnread: boolean) => sayAfter(setUnread.mutateAsync({ id, isUnread }), () => undefined),
    judge: (interest: Interest) =>
      sayAfter(setInterest.mutateAsync({ id, interest }), ({ was, version: ifVersion, skipped, corrected }) => {
        const followed = [
          ...(corrected ? ['The message was corrected to a reply.'] : []),
          ...(skipped > 0 ? [`${formatOf(skipped, 'planned email')} skipped.`] : []),
        ]
        notifyDone(INTEREST_WORDS[interest].done, {
          ...(followed.length > 0 ? { description: followed.join(' ') } : {}),
          undo: () =>
            void sayAfter(
              resetInterest.mutateAsync({ id, was, ifVersion }),
              corrected
                ? () => notifyDone('Taken back. The message stays a reply: “Correct” beside it changes that.')
                : asBefore,
            ),
        })
      }),
    askedToStop: (message: Pick<MessageEntry, 'id' | 'kind' | 'effects'>) =>
      sayAfter(correct.mutateAsync({ id: message.id, to: 'stop_request' }), (done) =>
        notifyDone(correctionWords(message, done.to).done, {
          description: `${correctedWords(done)} “Correct” beside the message takes it back.`,
        }),
      ),
  }
}

export type ConversationActs = ReturnType<typeof useConversationActs>
