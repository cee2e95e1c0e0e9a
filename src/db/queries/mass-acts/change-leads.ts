import { Prisma } from '@/db/generated/client'
import { query, type Tx } from '@/db/sql'
import type { LeadStatus } from '@/domain/lead/status'
import type { MassFilter } from '@/domain/lists/mass-act'
import { isFound } from '../leads/search-leads'
import { isUnused } from '../leads/unused'

/** What others may do to a lead that is locked: keep it from being deleted, from being changed, or from being looked at for a change as well. */
const LOCKS = { there: 'KEY SHARE', unchanged: 'NO KEY UPDATE', alone: 'UPDATE' } as const
export type LeadLock = keyof typeof LOCKS

export type LockedLead = { id: string; status: LeadStatus; email: string }

/** Those of these leads that are still there, locked until the transaction ends. But for `there`, their campaigns' locks come before. */
export const lockLeads = (tx: Tx, ids: readonly string[], lock: LeadLock) =>
  query<LockedLead>(tx)`
  SELECT id, status, email FROM leads WHERE id = ANY(${[...ids]}::uuid[]) ORDER BY id FOR ${Prisma.raw(LOCKS[lock])}`

/** Those of these leads that (still) are what a list shows under these filters, as far as any search reaches. */
export const selectStillMatching = (
  tx: Tx,
  ids: readonly string[],
  { search, statuses, batchId, unused }: MassFilter,
) =>
  query<{ id: string }>(tx)`
  SELECT l.id FROM leads l WHERE ${Prisma.join(
    [
      Prisma.sql`l.id = ANY(${[...ids]}::uuid[])`,
      ...(statuses?.length ? [Prisma.sql`l.status = ANY(${[...statuses]}::text[])`] : []),
      ...(batchId
        ? [Prisma.sql`EXISTS (SELECT FROM batch_leads bl WHERE bl.lead_id = l.id AND bl.batch_id = ${batchId}::uuid)`]
        : []),
      ...(unused ? [isUnused(batchId)] : []),
      ...isFound(search),
    ],
    ' AND ',
  )}`
