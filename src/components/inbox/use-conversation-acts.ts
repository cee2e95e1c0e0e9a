'use client'

import { useRefreshLeads } from '@/components/leads/actions/use-lead-actions'
import { correctedWords, correctionWords } from '@/components/leads/lead/correction-text'
import { formatOf } from '@/components/ui/numbers'
import { notifyDone, notifyFailed } from '@/components/ui/overlays/toast'
import type { Interest } from '@/domain/conversation/interest'
import { type ApiInputs, type ApiOutputs, api, messageOf } from '@/trpc/react'
import type { Conversation, MessageEntry } from './api-types'
import { oneAtATime } from './close-conversation'
import { INTEREST_WORDS } from './inbox-text'
import { TAKEN_BACK_AT_ONCE, wayBackFromStop } from './stop-request'

/** Says what followed, also to whoever has gone on to the next conversation meanwhile. Returns whether it was done. */
async function sayAfter<Answer>(work: Promise<Answer>, say: (answer: Answer) => void): Promise<boolean> {
  try {
    say(await work)
    return true
  } catch (error) {
    notifyFailed(messageOf(error))
    return false
  }
}

const asBefore = () => notifyDone('As it was before.')

/** How it stood before an act. */
type Was = { isDone: boolean; snoozedUntil: Date | null; isUnread: boolean }

type Marked = Pick<MessageEntry, 'id' | 'kind' | 'effects'>
type Correct = { mutateAsync(input: ApiInputs['leads']['correctMessage']): Promise<unknown> }

/** Says that a message was marked as a wish to be removed, with the way back where it has one by itself. */
const sayStopped =
  (message: Marked, correct: Correct) =>
  ({ correctedAt: ifCorrectedAt, ...done }: ApiOutputs['leads']['correctMessage']) => {
    const back = wayBackFromStop(message)
    notifyDone(correctionWords(message, done.to).done, {
      description: `${correctedWords(done)}${back ? '' : ' “Wrong category?” beside the message takes it back.'}`,
      ...(back && {
        undo: () =>
          void sayAfter(
            correct.mutateAsync({ id: message.id, to: back, why: TAKEN_BACK_AT_ONCE, ifCorrectedAt }),
            asBefore,
          ),
      }),
    })
  }

/** What a person can do with a conversation as it is shown to them, each with its way back. */
export function useConversationActs({ id, latestMessageId: seen }: Pick<Conversation, 'id' | 'latestMessageId'>) {
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

  /** Done, snoozed or neither, read or not, as it was: unless a message came that was not seen then. */
  const putBack = (was: Was, ifVersion: number) => () => {
    const how = { id, seen, ifVersion, ...(was.isUnread ? { unread: true as const } : {}) }
    return void sayAfter(
      was.isDone
        ? setDone.mutateAsync({ ...how, done: true })
        : snooze.mutateAsync({ ...how, until: was.snoozedUntil }),
      asBefore,
    )
  }
  const once = <Answer>(begin: () => Promise<Answer>, say: (answer: Answer) => void) =>
    oneAtATime(id, () => sayAfter(begin(), say))

  return {
    pending: [setDone, snooze, assign, setInterest, correct].some(({ isPending }) => isPending),
    done: (done: boolean) =>
      once(
        () => setDone.mutateAsync({ id, done, seen }),
        ({ was, version }) =>
          notifyDone(done ? 'Conversation done.' : 'Conversation open again.', { undo: putBack(was, version) }),
      ),
    /** `words`: until when, as the choice said it. */
    snooze: (until: Date | null, words: string) =>
      once(
        () => snooze.mutateAsync({ id, until, seen }),
        ({ was, version }) =>
          notifyDone(until ? `Snoozed until ${words}.` : 'Snooze ended.', { undo: putBack(was, version) }),
      ),
    assign: (to: { id: string; name: string } | null) =>
      once(
        () => assign.mutateAsync({ id, assigneeId: to?.id ?? null }),
        ({ was, version: ifVersion }) =>
          notifyDone(to ? `Assigned to ${to.name}.` : 'Assigned to nobody.', {
            undo: () => void sayAfter(assign.mutateAsync({ id, assigneeId: was.assigneeId, ifVersion }), asBefore),
          }),
      ),
    markUnread: () => sayAfter(setUnread.mutateAsync({ id, isUnread: true }), () => undefined),
    judge: (interest: Interest) =>
      once(
        () => setInterest.mutateAsync({ id, interest }),
        ({ was, version: ifVersion, skipped, corrected }) => {
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
                  ? () => notifyDone('Taken back. The message stays a reply: “Wrong category?” beside it changes that.')
                  : asBefore,
              ),
          })
        },
      ),
    askedToStop: (message: Marked) =>
      once(() => correct.mutateAsync({ id: message.id, to: 'stop_request' }), sayStopped(message, correct)),
  }
}

export type ConversationActs = ReturnType<typeof useConversationActs>
