import { selectAnsweredEmails, writeProviderIds } from '@/db/queries/conversations/repair-provider-ids'
import { moveRepairIf, selectRepair } from '@/db/queries/maintenance/repairs'
import type { Deps } from '@/deps'
import { providerMessageId } from '@/domain/conversation/provider-id'

const AT_ONCE = 2_000
const FIRST = '00000000-0000-0000-0000-000000000000'
/** With rules that know more answers it takes another name: emails of before are looked at once more. */
export const PROVIDER_IDS_REPAIR = 'ids of providers, 1'

/**
 * Learns the provider's Message-IDs of emails that were recorded without, from the stored answers of the servers: a small
 * part with each call, until all were looked at, which is once for a database: those sent since are recorded with their ids.
 */
export async function completeProviderIds({
  sql,
  clock,
  config,
  log,
}: Pick<Deps, 'sql' | 'clock' | 'config' | 'log'>): Promise<void> {
  const repair = await selectRepair(sql, PROVIDER_IDS_REPAIR)
  if (repair?.endedAt) return
  const after = repair?.place ?? FIRST
  const emails = await selectAnsweredEmails(sql, { after, limit: AT_ONCE })
  const ofEnvironment = new URL(config.smtpUrl).hostname
  const learnt = emails.flatMap(({ id, host, ...answer }) => {
    const providerId = providerMessageId({ ...answer, host: host || ofEnvironment })
    return providerId ? [{ id, providerId }] : []
  })
  const written = learnt.length > 0 ? await writeProviderIds(sql, learnt) : 0
  if (written > 0) log.info({ emails: written }, 'ids of providers learnt')
  const endedAt = emails.length < AT_ONCE ? clock.realNow() : null
  await moveRepairIf(sql, { name: PROVIDER_IDS_REPAIR, from: after, place: emails.at(-1)?.id ?? after, endedAt })
}
