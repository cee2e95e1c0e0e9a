import { formatOf } from '@/components/ui/numbers'
import { formatTime } from '@/components/ui/zoned-time'
import type { CampaignType } from '@/domain/campaign/state'
import { cutText } from '@/domain/cut-text'
import { TYPE_WORDS } from '../../status/type-text'

const LONGEST = 120

/** The name that a new campaign has until somebody gives it one: that of its batches, or its type and the day. */
export function proposedName(
  type: CampaignType,
  { batches, now, zone }: { batches: readonly string[]; now: Date; zone: string },
): string {
  const [first, ...others] = batches
  if (type !== 'outreach' || first === undefined) return `${TYPE_WORDS[type].label} of ${formatTime(now, zone, 'day')}`
  const more = others.length > 0 ? ` and ${formatOf(others.length, 'more batch', 'more batches')}` : ''
  return `${cutText(first, LONGEST - more.length)}${more}`
}
