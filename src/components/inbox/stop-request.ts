import { correctionWords } from '@/components/leads/lead/correction-text'
import type { Correction } from '@/domain/conversation/correction'
import type { Conversation, MessageEntry } from './api-types'

type Shown = Pick<Conversation, 'leadId' | 'entries'>

/** The latest message that can be marked as a wish to be removed. */
export const stoppableIn = ({ entries }: Shown): MessageEntry | undefined =>
  entries.findLast((entry) => entry.is === 'message' && entry.corrections.includes('stop_request')) as
    | MessageEntry
    | undefined

/** The act as a choice, with what follows from it, or why there is nothing to mark. */
export function stopInWords(conversation: Shown): { label: string; hint: string } {
  const message = stoppableIn(conversation)
  if (message) return correctionWords(message, 'stop_request')
  const isAsked = conversation.entries.some((entry) => entry.is === 'message' && entry.kind === 'stop_request')
  return { label: 'It asks to be removed', hint: isAsked ? ASKED : conversation.leadId ? NOTHING : NO_LEAD }
}

const ASKED = 'It is marked as a wish to be removed already.'
const NOTHING = 'No message here can be a wish to be removed.'
const NO_LEAD = 'No email of ours was found that this belongs to: put the address on the suppression list instead.'

/** Why an address comes off the suppression list again; kept with the name of whoever took the mark back. */
export const TAKEN_BACK_AT_ONCE = 'Marked by mistake, and taken back at once.'

/** What makes a message again what it was before it was marked; null where only a person can say. */
export const wayBackFromStop = ({ kind }: Pick<MessageEntry, 'kind'>): Correction | null =>
  kind === 'human' ? 'reply' : kind === 'automatic' ? 'nothing' : null
