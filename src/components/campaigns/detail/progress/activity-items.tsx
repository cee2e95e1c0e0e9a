import type { FeedItem } from '@/components/ui/data/feed'
import { Time } from '@/components/ui/time'
import { formatTime } from '@/components/ui/zoned-time'
import type { CampaignEvent } from '../../api-types'

const actorWords = ({ actor, kind }: Pick<CampaignEvent, 'actor' | 'kind'>) =>
  actor ? `by ${actor}` : kind === 'created' ? null : 'automatically'

/** Moments in event texts come as ISO times; people read them in the campaign's zone. */
export const localWords = (message: string, zone: string) =>
  message.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (iso) => `${formatTime(iso, zone)} ${zone}`)

/** Events for a feed, newest first, with a line for each new day. `full` adds from which status to which. */
export function activityItems(events: readonly CampaignEvent[], zone: string, full = false): FeedItem[] {
  let last = ''
  return events.map((event) => {
    const day = formatTime(event.at, zone, 'day')
    const isNew = day !== last
    last = day
    const move = full && event.fromStatus && event.toStatus ? `${event.fromStatus} → ${event.toStatus}` : null
    return {
      key: event.id,
      at: <Time at={event.at} zone={zone} format="time" zoneSaid />,
      text: localWords(event.message, zone),
      note: [move, actorWords(event)].filter(Boolean).join(' · ') || null,
      day: isNew ? day : undefined,
    }
  })
}
