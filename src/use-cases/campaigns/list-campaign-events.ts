import type { Deps } from '@/deps'

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
  { db }: Deps,
  { campaignId, page = 1, pageSize = 50 }: { campaignId: string; page?: number; pageSize?: number },
): Promise<{ rows: CampaignEventRow[]; total: number }> {
  const [events, total] = await Promise.all([
    db.campaignEvent.findMany({
      where: { campaignId },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      skip: (page - 1) * pageSize,
      take: pageSize,
    }),
    db.campaignEvent.count({ where: { campaignId } }),
  ])
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
  return { rows, total }
}
