import { momentWords } from '@/components/time/time-text'
import type { CampaignEmail } from '../../api-types'
import { reasonWords } from '../../status/reason-text'

/** The time that matters for a mail in its state: when it left, failed, was held, or is planned. */
export function emailTime(mail: Pick<CampaignEmail, 'sentAt' | 'failedAt' | 'heldAt' | 'scheduledFor' | 'status'>): {
  at: Date
  word: string
} {
  if (mail.status === 'sent' && mail.sentAt) return { at: mail.sentAt, word: 'sent' }
  if (mail.status === 'failed' && mail.failedAt) return { at: mail.failedAt, word: 'failed' }
  if (mail.status === 'held' && mail.heldAt) return { at: mail.heldAt, word: 'held' }
  return { at: mail.scheduledFor, word: 'planned' }
}

type Mail = Pick<CampaignEmail, 'status' | 'reason' | 'decision' | 'scheduledFor' | 'retryCount'>

/** Why a mail stands where it stands; for a waiting one, why not yet and when. Null where there is nothing to say. */
export function emailWhy(mail: Mail, zone: string, now?: Date): string | null {
  const recorded = mail.reason && reasonWords(mail.reason)
  if (mail.status === 'pending') return pendingWhy(mail, recorded, zone, now)
  if (mail.status === 'sending') return 'It is on the way; the mail server has not answered yet.'
  if (mail.status === 'held') return recorded || 'A worker stopped while it was on the way; delivery is unknown.'
  if (mail.status === 'cancelled') return recorded || 'The campaign was stopped before it left.'
  return recorded || null
}

function pendingWhy({ decision, retryCount }: Mail, recorded: string | null, zone: string, now?: Date): string | null {
  const tried =
    retryCount > 0 && recorded ? `Tried ${retryCount} ${retryCount === 1 ? 'time' : 'times'}: ${recorded}` : null
  if (!decision) return tried ?? recorded
  switch (decision.kind) {
    case 'send':
      return tried ?? 'It leaves in one of the next minutes.'
    case 'skip':
      return `It will be skipped. ${decision.detail}`
    case 'defer':
      return `${decision.detail} Not before ${momentWords(decision.until, zone, now)}.`
    case 'wait':
      if (decision.reason === 'not_due') return tried ?? recorded ?? 'Not due yet.'
      return decision.detail
  }
}
