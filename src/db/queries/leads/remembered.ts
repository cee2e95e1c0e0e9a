import { Prisma } from '@/db/generated/client'
import { execute, queryCount, type Sql, type Tx } from '@/db/sql'

/** Fragment: what is remembered of the address of a new lead `r`, as `c`. */
export const joinRemembered = Prisma.sql`LEFT JOIN contacted_addresses c ON c.address_hash = r."emailHash"`

/** Fragment: the status of a new lead: the one that had ended its sequences, and never `new` once it was emailed. */
export const rememberedStatus = Prisma.sql`COALESCE(c.lead_status, CASE WHEN c.last_contacted_at IS NOT NULL THEN 'contacted' END, 'new')`

/** Fragment: when a new lead was emailed last, for the 24-hour rule and the screens. */
export const rememberedContact = Prisma.sql`c.last_contacted_at`

/** Gives a lead whose address was changed what is remembered of the new one; what a person said goes before what emails did. */
export const recallAddress = (tx: Tx, { leadId, at }: { leadId: string; at: Date }) =>
  execute(tx)`
  UPDATE leads l
  SET last_contacted_at = GREATEST(l.last_contacted_at, c.last_contacted_at),
      status = CASE WHEN l.status NOT IN ('new', 'contacted', 'follow_up_1', 'follow_up_2') THEN l.status
                    WHEN c.lead_status IS NOT NULL THEN c.lead_status
                    WHEN l.status = 'new' THEN 'contacted' ELSE l.status END,
      updated_at = ${at}
  FROM contacted_addresses c WHERE l.id = ${leadId}::uuid AND c.address_hash = l.email_hash`

/** How many of these addresses were emailed before their leads were deleted. */
export const countMailedBefore = (sql: Sql, hashes: readonly string[]) =>
  queryCount(sql)`
  SELECT count(*)::int AS count FROM contacted_addresses
  WHERE address_hash = ANY(${[...hashes]}::text[]) AND last_contacted_at IS NOT NULL`
