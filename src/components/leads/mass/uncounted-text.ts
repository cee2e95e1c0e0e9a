import { endReasonOf } from '@/domain/lead/status'
import type { MassAsk } from './mass-text'

const SKIPPED = 'Whatever is still planned for them, in any campaign, will be skipped.'

/** What a batch that leads leave means to its campaigns, whatever their number. */
export const LEFT_BATCH = [
  'Campaigns that start with this batch from now on leave them out.',
  'The leads stay, also in other batches. Undo puts them back.',
]

/** What would follow of an act on so many leads that nothing but their number is counted, a sentence each. */
export function uncountedConsequences(ask: MassAsk): string[] {
  switch (ask.kind) {
    case 'status':
      return [
        'Who is that already stays as it is.',
        ...(endReasonOf(ask.status) === null
          ? []
          : [SKIPPED, 'Going back to another status does not plan emails again.']),
        ...(endReasonOf(ask.status) === 'lead_replied' ? ['Campaigns that go on after a reply keep theirs.'] : []),
        ...(ask.status === 'unsubscribed' ? ['Their addresses join the suppression list and stay there.'] : []),
      ]
    case 'leave':
      return [
        'Emails that campaigns of this batch have planned for them stay planned: a campaign keeps the leads it was planned with. Change the campaign to take leads out of it.',
        ...LEFT_BATCH,
      ]
    case 'suppress':
      return [
        'Addresses that are on it already keep their reason.',
        SKIPPED,
        'No campaign sends to them any more. Taking an address off the list asks for a reason, each for itself, and plans nothing again.',
      ]
    case 'delete':
      return [
        'With them go all emails that are planned for them or held, replies that wait to be sent, and the record of emails that were sent. Whoever is sent an email at that moment is left out, and whoever has a reply of which nobody knows whether it left.',
        'Batches, campaigns and the suppression list stay. Of each address only a keyed hash is kept. This cannot be undone.',
      ]
  }
}
