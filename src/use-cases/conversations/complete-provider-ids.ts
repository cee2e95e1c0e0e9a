import { selectAnsweredEmails, writeProviderIds } from '@/db/queries/conversations/repair-provider-ids'
import type { SqlPool } from '@/db/sql'
import type { Deps } from '@/deps'
import { providerMessageId } from '@/domain/conversation/provider-id'

const AT_ONCE = 2_000
const FIRST = '00000000-0000-0000-0000-000000000000'
// Each process looks at every email once: those sent since are recorded with their ids.
const places = new WeakMap<SqlPool, string | 'done'>()

/**
 * Learns the provider's Message-IDs of emails that were recorded without, from the stored answers of the servers: a small
 * part with each call, until all were looked at.
 */
export async function completeProviderIds({ sql, config, log }: Pick<Deps, 'sql' | 'config' | 'log'>): Promise<void> {
  const after = places.get(sql) ?? FIRST
  if (after === 'done') return
  const emails = await selectAnsweredEmails(sql, { after, limit: AT_ONCE })
  const ofEnvironment = new URL(config.smtpUrl).hostname
  const learnt = emails.flatMap(({ id, host, ...answer }) => {
    const providerId = providerMessageId({ ...answer, host: host || ofEnvironment })
    return providerId ? [{ id, providerId }] : []
  })
  const written = learnt.length > 0 ? await writeProviderIds(sql, learnt) : 0
  if (written > 0) log.info({ emails: written }, 'ids of providers learnt')
  places.set(sql, emails.at(-1)?.id ?? 'done')
}
