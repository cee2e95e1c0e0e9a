import { countEvents, selectEvents } from '@/db/queries/progress/select-campaign-events'
import type { Deps } from '@/deps'
import { type BoundedCount, boundedCount, type ListPage, type PageAsked, pageOf, pageRead } from '@/domain/lists/place'

export type CampaignEventRow = {
  id: string
  at: Date
  kind: string
  /** Name of the person; null for the system. */
  actor: string | null
  fromStatus: string | null
  toStatus: string | null
  message: string
}

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
  const rows = events.map(({ id, at, kind, actor, fromStatus, toStatus, message }) => ({
    id,
    at,
    kind,
    fromStatus,
    toStatus,
    message,
    actor: actor ? (names.get(actor) ?? 'a former user') : null,
  }))
  return { rows, ...ways, ...boundedCount(counted) }
}
