import { CircleCheck, CircleDashed, CircleX, type LucideIcon, PowerOff } from 'lucide-react'
import type { ChipTone } from '@/components/ui/chip'
import { formatCount } from '@/components/ui/numbers'
import { formatTime } from '@/components/ui/zoned-time'
import type { LeadSourceState } from '../api-types'

type State = Pick<LeadSourceState, 'keySet' | 'enabled' | 'testResult'>

/** How a source stands, in a word. */
export function stateWords({ keySet, enabled, testResult }: State): { word: string; tone: ChipTone; icon: LucideIcon } {
  if (!keySet) return { word: 'No key yet', tone: 'neutral', icon: CircleDashed }
  if (testResult && !testResult.ok) return { word: 'Does not work', tone: 'failed', icon: CircleX }
  if (!enabled) return { word: 'Switched off', tone: 'neutral', icon: PowerOff }
  return testResult
    ? { word: 'Works', tone: 'sent', icon: CircleCheck }
    : { word: 'Not tested yet', tone: 'neutral', icon: CircleDashed }
}

type Tested = Extract<NonNullable<LeadSourceState['testResult']>, { ok: true }>

/** "The key works. Plan: Basic. 1,240 credits left until Tue 1 Dec." */
export function accountWords({ plan, quotaLeft, quotaUnit, renewsAt }: Omit<Tested, 'ok'>, zone: string): string {
  const left =
    quotaLeft === null
      ? null
      : `${formatCount(quotaLeft)} ${quotaUnit ?? 'requests'} left${renewsAt ? ` until ${formatTime(renewsAt, zone, 'day')}` : ''}.`
  return ['The key works.', plan && `Plan: ${plan}.`, left ?? 'It does not say how much is left.']
    .filter(Boolean)
    .join(' ')
}

/** Where an account there makes its keys. */
export const KEY_PAGE: Record<LeadSourceState['source'], string> = {
  apollo: 'https://app.apollo.io/#/settings/integrations/api',
  google_places: 'https://console.cloud.google.com/google/maps-apis/credentials',
  hunter: 'https://hunter.io/api-keys',
}

/** Whether nothing can be found yet: no source has a key, and none is a sample. */
export const isWithoutSources = (sources: readonly Pick<LeadSourceState, 'keySet' | 'sample'>[]) =>
  sources.length > 0 && sources.every(({ keySet, sample }) => !keySet && !sample)

/** The environment variable that holds a source's key when none is saved here. */
export const KEY_VARIABLE: Record<LeadSourceState['source'], string> = {
  apollo: 'APOLLO_API_KEY',
  google_places: 'GOOGLE_PLACES_API_KEY',
  hunter: 'HUNTER_API_KEY',
}
