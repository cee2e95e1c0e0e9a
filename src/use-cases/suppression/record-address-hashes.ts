import { lockCampaignsOfLeads } from '@/db/queries/campaigns/lock-campaigns-of-leads'
import {
  keepFormerLinks,
  selectNotHashed,
  selectSuppressionsNotHashed,
  writeLeadHashes,
  writeSuppressionHashes,
} from '@/db/queries/suppression/hash-addresses'
import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { hashedAddress } from '@/lib/encryption'

const AT_ONCE = 2_000

/**
 * Writes the keyed hash of every lead's and suppression's address that has none: those of before hashes were kept, and
 * what another hand has written. Whatever must find a lead by a hash alone calls this first; almost always there is nothing
 * to do. Not called within a transaction.
 */
export async function recordAddressHashes({ sql, config }: Pick<Deps, 'sql' | 'config'>): Promise<void> {
  const hashed = (email: string) => hashedAddress(config.consentKey, email)
  for (;;) {
    const leads = await selectNotHashed(sql, AT_ONCE)
    if (leads.length === 0) break
    await transaction(sql, async (tx) => {
      const ids = leads.map(({ id }) => id)
      // As everything that changes several leads: results of emails are recorded under the same locks.
      await lockCampaignsOfLeads(tx, ids)
      const former = [...new Set(leads.flatMap(({ formerly }) => formerly))]
      if (former.length > 0) await keepFormerLinks(tx, ids, former.map(hashed))
      await writeLeadHashes(
        tx,
        leads.map(({ email }) => hashed(email)),
      )
    })
  }
  for (;;) {
    const entries = await selectSuppressionsNotHashed(sql, AT_ONCE)
    if (entries.length === 0) break
    await writeSuppressionHashes(
      sql,
      entries.map(({ email }) => hashed(email)),
    )
  }
}
