import { endReasonOf } from '@/domain/lead/status'
import type { MassAsk } from './mass-text'

const SKIPPED = 'Whatever is still planned for them, in any campaign, will be skipped.'

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
    case 'suppress':
      return [
        'Addresses that are on it already keep their reason.',
        SKIPPED,
        'No campaign sends to them any more. Taking an address off the list asks for a reason, each for itself, and plans nothing again.',
      ]
    case 'delete':
      return [
        'With them go all emails that are planned for them, replies that wait to be sent, and the record of those that were sent. Whoever is sent an email at that moment is left out.',
        'Batches, campaigns and the suppression list stay. Of each address only a keyed hash is kept. This cannot be undone.',
      ]
  }
}
