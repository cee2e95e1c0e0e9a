import type { Deps } from '@/deps'
import { type LeadSourceName, SOURCE_LABELS } from '@/domain/lead-generation/criteria'
import { isSourceError, type SourceAccount } from '@/lead-sources/types'
import { loadSourceAccess, type SourceAccess } from './open-lead-source'

/** What a source said of our account there, or why it did not. */
export type SourceTest = ({ ok: true } & SourceAccount) | { ok: false; problem: string }

/** Reads our account at a source with the key that is set, buys nothing, and stores the result for its card. */
export async function testLeadSource(
  deps: Pick<Deps, 'db' | 'sql' | 'clock' | 'config' | 'log' | 'leadSources'>,
  { source }: { source: LeadSourceName },
): Promise<SourceTest> {
  const access = (await loadSourceAccess(deps)).find((one) => one.source === source)
  if (!access?.key) {
    const unreadable = access?.keyFrom === 'settings'
    return {
      ok: false,
      problem: unreadable
        ? 'The stored key cannot be read: it was sealed with another ENCRYPTION_KEY. Enter the key again.'
        : `${SOURCE_LABELS[source]} has no key yet. Enter one and save, then test again.`,
    }
  }
  const result = await ask(deps, source, access.key)
  await keep(deps, access, result)
  return result
}

async function ask(
  { leadSources }: Pick<Deps, 'leadSources'>,
  source: LeadSourceName,
  key: string,
): Promise<SourceTest> {
  try {
    return { ok: true, ...(await leadSources.open(source, key).test()) }
  } catch (error) {
    if (isSourceError(error)) return { ok: false, problem: error.message }
    throw error
  }
}

/** Only if the key is still the one that was tested. */
async function keep(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { source, row, enabled }: SourceAccess,
  result: SourceTest,
) {
  const at = clock.now()
  const data = { testedAt: at, testResult: JSON.parse(JSON.stringify(result)), updatedAt: at }
  if (!row) await db.leadSource.createMany({ data: { source, enabled }, skipDuplicates: true })
  await db.leadSource.updateMany({ where: { source, apiKeyEncrypted: row?.apiKeyEncrypted ?? null }, data })
}
