import type { ChipTone } from '@/components/ui/chip'
import { ASSUMED_DELIVERED } from '@/domain/campaign/progress'
import { AT_DAILY_LIMIT, type ReplyStatus, SUPPRESSED_SINCE, UNDO_SECONDS } from '@/domain/reply/state'
import type { Reply } from './reply-types'

/** The state of a reply in one word, with its colour. */
export const REPLY_WORDS: Record<ReplyStatus, { word: string; tone: ChipTone }> = {
  pending: { word: 'Waits', tone: 'neutral' },
  sending: { word: 'On its way', tone: 'accent' },
  held: { word: 'Held', tone: 'held' },
  sent: { word: 'Sent', tone: 'sent' },
  failed: { word: 'Not sent', tone: 'failed' },
  cancelled: { word: 'Taken back', tone: 'neutral' },
}

/** Whether one of these is about to leave, so that where it stands changes soon. */
export const areMoving = (replies: readonly Pick<Reply, 'status' | 'reason'>[]): boolean =>
  replies.some(({ status, reason }) => status === 'sending' || (status === 'pending' && reason === null))

/** Seconds in which a reply can be taken back yet; null once it waits for something else. */
export function secondsToUndo({ status, createdAt, dueAt }: Pick<Reply, 'status' | 'createdAt' | 'dueAt'>, now: Date) {
  const span = dueAt.getTime() - createdAt.getTime()
  const left = dueAt.getTime() - now.getTime()
  if (status !== 'pending' || left <= 0 || span <= 0) return null
  const seconds = Math.ceil((UNDO_SECONDS * left) / span)
  return seconds <= UNDO_SECONDS && left <= span ? seconds : null
}

/** Why a reply stands where it does, and what follows; null where its state says all. */
export function replyReason({ status, reason, mailboxStopped, mailboxEmail }: Reply): string | null {
  switch (status) {
    case 'pending':
      if (mailboxStopped) return `Waits for ${mailboxEmail}, which sends nothing now: ${mailboxStopped}`
      if (reason === AT_DAILY_LIMIT) return 'Waits for the next day: the daily limit of the mailbox is used up.'
      return reason ? `Is tried again: ${reason.replace(/^retry: /, '')}` : null
    case 'held':
      return `Nobody knows whether it arrived. ${reason ?? ''}`.trim()
    case 'failed':
      if (reason === SUPPRESSED_SINCE) return 'Not sent: a recipient came onto the suppression list.'
      return reason
    case 'sent':
      return reason === ASSUMED_DELIVERED ? 'Treated as sent: the answer of the server is unknown.' : reason
    case 'sending':
    case 'cancelled':
      return null
  }
}
