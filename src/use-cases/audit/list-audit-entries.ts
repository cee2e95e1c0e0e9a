import { type AuditFilter, selectActors, selectEntries } from '@/db/queries/audit/select-entries'
import type { Deps } from '@/deps'
import { type ActGroup, actsOf } from '@/domain/audit/acts'
import { type PageAsked, pageOf, pageRead } from '@/domain/lists/place'

export type ListAuditEntries = Omit<AuditFilter, 'acts'> & PageAsked & { group?: ActGroup | undefined }

/** A page of the audit log, the latest first, and the people by whom it can be filtered. */
export async function listAuditEntries(
  { sql }: Pick<Deps, 'sql'>,
  { group, actorId, outcome, after, before, pageSize = 50 }: ListAuditEntries,
) {
  const read = pageRead({ after, before }, pageSize, { value: 'time' })
  const acts = group ? actsOf(group) : undefined
  const [found, actors] = await Promise.all([selectEntries(sql, { acts, actorId, outcome }, read), selectActors(sql)])
  return { ...pageOf(read, found, ({ id, at }) => ({ id, value: at.toISOString() })), actors }
}
