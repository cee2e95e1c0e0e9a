import { momentWords } from '@/components/time/time-text'
import { formatOf } from '@/components/ui/numbers'
import type { CampaignEmail } from '../../api-types'
import { reasonWords } from '../../status/reason-text'

/** The time that matters for an email in its state: when it left, failed, was held, or is planned. */
export function emailTime(email: Pick<CampaignEmail, 'sentAt' | 'failedAt' | 'heldAt' | 'scheduledFor' | 'status'>): {
  at: Date
  word: string
} {
  if (email.status === 'sent' && email.sentAt) return { at: email.sentAt, word: 'sent' }
  if (email.status === 'failed' && email.failedAt) return { at: email.failedAt, word: 'failed' }
  if (email.status === 'held' && email.heldAt) return { at: email.heldAt, word: 'held' }
  return { at: email.scheduledFor, word: 'planned' }
}

// Said only where the provider is known to file what it takes.
const MISSING_COPY = 'An hour later Sent held no copy of it, so it most likely never left.'

type Explained = Pick<CampaignEmail, 'status' | 'reason' | 'decision' | 'scheduledFor' | 'retryCount'> &
  Partial<Pick<CampaignEmail, 'isMissing'>>

/** Why an email stands where it stands; for a waiting one, why not yet and when. Null where there is nothing to say. */
export function emailWhy(email: Explained, zone: string, now?: Date): string | null {
  const recorded = email.reason && reasonWords(email.reason)
  if (email.status === 'pending') return pendingWhy(email, recorded, zone, now)
  if (email.status === 'sending') return 'It is on the way; the mail server has not answered yet.'
  if (email.status === 'held')
    return `${recorded || 'A worker stopped while it was on the way; delivery is unknown.'}${email.isMissing ? ` ${MISSING_COPY}` : ''}`
  if (email.status === 'cancelled') return recorded || 'The campaign was stopped before it left.'
  return recorded || null
}

function pendingWhy(
  { decision, retryCount }: Explained,
  recorded: string | null,
  zone: string,
  now?: Date,
): string | null {
  const tried = retryCount > 0 && recorded ? `Tried ${formatOf(retryCount, 'time')}: ${recorded}` : null
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
