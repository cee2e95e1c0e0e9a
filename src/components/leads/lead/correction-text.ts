import { formatOf } from '@/components/ui/numbers'
import type { Correction } from '@/domain/conversation/correction'
import type { LeadMessage } from '../api-types'
import { kindWords } from './received-text'

type CorrectionWords = { label: string; hint: string; done: string }

/** What a person may say that a message is, what follows, and what is said once it is done. */
export function correctionWords(
  { kind, effects }: Pick<LeadMessage, 'kind' | 'effects'>,
  to: Correction,
): CorrectionWords {
  if (to === 'reply') {
    return { label: 'It is a reply', hint: 'The sequence ends: the lead has replied.', done: 'Corrected to a reply.' }
  }
  if (to === 'stop_request') {
    return {
      label: effects.asksPerson ? 'Yes, it asks to be removed' : 'It asks to be removed',
      hint: 'The address goes on the suppression list.',
      done: 'Corrected to a wish to be removed.',
    }
  }
  return {
    label: NOTHING[kind] ?? 'It says nothing about the sequence',
    hint: 'What it did is taken back, and the sequence goes on.',
    done: 'What this message did is taken back.',
  }
}

const NOTHING: Readonly<Record<string, string>> = {
  human: 'It is no reply',
  out_of_office: 'It is no absence',
  stop_request: 'It is no wish to be removed',
  bounce: 'It is no bounce',
  complaint: 'It is no complaint',
  own: 'It has nothing to do with the sequence',
}

/** What followed from a correction. */
export function correctedWords({ plannedAgain, skipped }: { plannedAgain: number; skipped: number }): string {
  const said = [
    plannedAgain > 0 && `${formatOf(plannedAgain, 'email')} planned again.`,
    skipped > 0 && `${formatOf(skipped, 'planned email')} skipped.`,
  ].filter((sentence): sentence is string => typeof sentence === 'string')
  return said.join(' ') || 'No planned email changed.'
}

/** What it was taken for before a person corrected it; null where nobody has. */
export const correctedFromWords = (correctedFrom: string | null): string | null =>
  correctedFrom && `Corrected: it was taken for “${kindWords(correctedFrom).word}”.`
