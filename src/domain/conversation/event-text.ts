import { counted } from '../counted'
import type { ReceivedKind } from './received-kind'
import type { StoredEffects } from './stored-effects'

/**
 * What a message means for its campaign, in a line of the campaign's history; null for what changes nothing there. It names nobody:
 * the history stays when a lead is erased.
 */
export function eventText(kind: ReceivedKind, byHand: boolean, effects: StoredEffects): string | null {
  const happened = happenedIn(kind, byHand, effects)
  if (happened === null) return null
  const { skipped = 0, companySkipped = 0, deferred = 0 } = effects
  const follows = [
    skipped > 0 && `${counted(skipped, 'email')} skipped`,
    companySkipped > 0 && `${counted(companySkipped, 'email')} to the same company skipped`,
    deferred > 0 && `${counted(deferred, 'email')} put off until the return`,
  ].filter(Boolean)
  return follows.length > 0 ? `${happened}: ${follows.join(', ')}` : happened
}

function happenedIn(kind: ReceivedKind, byHand: boolean, { leadStatus, asksPerson }: StoredEffects): string | null {
  switch (kind) {
    case 'human':
      return 'A lead replied'
    case 'stop_request':
      return asksPerson ? 'A lead may have asked to be removed, and a person decides' : 'A lead asked to be removed'
    case 'out_of_office':
      return 'A lead is out of office'
    case 'complaint':
      return 'A lead marked an email as spam'
    case 'bounce':
      return leadStatus === 'bounced' ? 'An email bounced' : null
    case 'own':
      return byHand ? 'A lead was written to by hand' : null
    case 'automatic':
    case 'unreadable':
      return null
  }
}
