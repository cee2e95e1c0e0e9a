import { execute, type Sql } from '@/db/sql'

/** Renews the leases of emails that still are `sending` under these claims. Returns how many. */
export const renewLeasesIf = (
  sql: Sql,
  { emails, leaseUntil, now }: { emails: readonly { id: string; claim: number }[]; leaseUntil: Date; now: Date },
) =>
  execute(sql)`
  UPDATE scheduled_emails se SET lease_until = ${leaseUntil}, updated_at = ${now}
  FROM unnest(${emails.map(({ id }) => id)}::uuid[], ${emails.map(({ claim }) => claim)}::int[]) AS kept(id, claim)
  WHERE se.id = kept.id AND se.claim = kept.claim AND se.status = 'sending'`
