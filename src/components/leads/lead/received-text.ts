import { Ban, CircleX, Clock, type LucideIcon, MailQuestionMark, PenLine, Reply, TriangleAlert } from 'lucide-react'
import type { ChipTone } from '@/components/ui/chip'
import { formatOf } from '@/components/ui/numbers'
import type { LeadMessage } from '../api-types'
import { LEAD_STATUS } from '../lead-status'

type KindWords = { word: string; tone: ChipTone; icon: LucideIcon }

const KINDS: Readonly<Record<string, KindWords>> = {
  human: { word: 'Reply', tone: 'sent', icon: Reply },
  stop_request: { word: 'Asked to be removed', tone: 'failed', icon: Ban },
  out_of_office: { word: 'Out of office', tone: 'held', icon: Clock },
  automatic: { word: 'Automatic reply', tone: 'neutral', icon: Clock },
  bounce: { word: 'Bounce', tone: 'failed', icon: CircleX },
  complaint: { word: 'Marked as spam', tone: 'failed', icon: TriangleAlert },
  own: { word: 'Written by hand', tone: 'neutral', icon: PenLine },
  unreadable: { word: 'Not readable', tone: 'held', icon: MailQuestionMark },
}

/** What kind of message it is, in a word. */
export const kindWords = (kind: string): KindWords =>
  KINDS[kind] ?? { word: kind.replaceAll('_', ' '), tone: 'neutral', icon: MailQuestionMark }

/** What a message did to what was planned, a sentence each; "Changed nothing." where it did nothing. */
export function effectWords(effects: LeadMessage['effects']): string[] {
  const { leadStatus, skipped = 0, companySkipped = 0, deferred = 0, suppressed = [] } = effects
  const said = [
    leadStatus && `The lead became “${LEAD_STATUS[leadStatus].label}”.`,
    skipped > 0 && `Stopped the sequence: ${formatOf(skipped, 'email')} skipped.`,
    companySkipped > 0 && `${formatOf(companySkipped, 'email')} to the same company skipped.`,
    deferred > 0 && `${formatOf(deferred, 'email waits', 'emails wait')} for the return.`,
    suppressed.length > 0 && `On the suppression list: ${suppressed.join(', ')}.`,
    effects.heldResolved && 'Showed that a held email was delivered.',
    effects.said && `The server reported: “${effects.said}”.`,
    effects.unnamed && 'It does not say which of the recipients it means, so nothing was changed for any of them.',
    effects.asksPerson && 'Nothing is sent to this lead until a person has decided.',
  ].filter((sentence): sentence is string => typeof sentence === 'string')
  return said.length > 0 ? said : ['Changed nothing.']
}
