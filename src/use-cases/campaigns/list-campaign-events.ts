import { countEvents, type EventRow, selectEvents } from '@/db/queries/progress/select-campaign-events'
import type { Deps } from '@/deps'
import { type BoundedCount, boundedCount, type ListPage, type PageAsked, pageOf, pageRead } from '@/domain/lists/place'

/** An event with the name of the person in place of the id. */
export type CampaignEventRow = EventRow

/** A page of a campaign's history, newest first. */
export async function listCampaignEvents(
  { db, sql }: Deps,
  { campaignId, pageSize = 50, ...asked }: PageAsked & { campaignId: string },
): Promise<ListPage<CampaignEventRow> & BoundedCount> {
  const read = pageRead(asked, pageSize, { value: 'time' })
  const [found, counted] = await Promise.all([selectEvents(sql, campaignId, read), countEvents(sql, campaignId)])
  const { rows: events, ...ways } = pageOf(read, found, ({ id, at }) => ({ id, value: at.toISOString() }))
  const actors = await db.user.findMany({
    where: { id: { in: events.flatMap(({ actor }) => (actor ? [actor] : [])) } },
    select: { id: true, name: true },
  })
  const names = new Map(actors.map(({ id, name }) => [id, name]))
  const rows = events.map(({ actor, ...event }) => ({
    ...event,
    actor: actor ? (names.get(actor) ?? 'a former user') : null,
  }))
  return { rows, ...ways, ...boundedCount(counted) }
}
