import { counted } from '../counted'
import type { ReceivedKind } from './received-kind'
import type { StoredEffects } from './stored-effects'

/** What the history needs to know besides its kind: written by one of us by hand, and whether it does anything to the lead. */
type About = { byHand: boolean; isAboutLead: boolean }

/**
 * What a message means for its campaign, in a line of the campaign's history; null for what changes nothing there. It names nobody:
 * the history stays when a lead is erased.
 */
export function eventText(kind: ReceivedKind, about: About, effects: StoredEffects): string | null {
  const happened = happenedIn(kind, about, effects)
  if (happened === null) return null
  const { skipped = 0, companySkipped = 0, deferred = 0 } = effects
  const follows = [
    skipped > 0 && `${counted(skipped, 'email')} skipped`,
    companySkipped > 0 && `${counted(companySkipped, 'email')} to the same company skipped`,
    deferred > 0 && `${counted(deferred, 'email')} put off until the return`,
  ].filter(Boolean)
  return follows.length > 0 ? `${happened}: ${follows.join(', ')}` : happened
}

function happenedIn(
  kind: ReceivedKind,
  { byHand, isAboutLead }: About,
  { leadStatus, asksPerson }: StoredEffects,
): string | null {
  switch (kind) {
    case 'human':
      return 'A lead replied'
    case 'stop_request':
      if (asksPerson) return 'A lead may have asked to be removed, and a person decides'
      return isAboutLead ? 'A lead asked to be removed' : 'Somebody who is not the lead asked to be removed'
    case 'out_of_office':
      return isAboutLead ? 'A lead is out of office' : null
    case 'complaint':
      return isAboutLead ? 'A lead marked an email as spam' : 'An email was marked as spam'
    case 'bounce':
      return leadStatus === 'bounced' ? 'An email bounced' : null
    case 'own':
      return byHand ? 'A lead was written to by hand' : null
    case 'automatic':
    case 'unreadable':
      return null
  }
}
