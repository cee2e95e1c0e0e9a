import { JSON_NULL } from '@/db/client'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { SOURCE_LABELS } from '@/domain/lead-generation/criteria'
import type { SourceInput } from '@/domain/lead-generation/source-settings'
import { encrypt } from '@/lib/encryption'
import { type LeadSourceView, listLeadSources } from './list-lead-sources'
import { placeOfKey } from './open-lead-source'

/**
 * Saves a source. A new key clears the result of the last test.
 * @throws {DomainError} invalid_input when it is switched on without any key
 */
export async function saveLeadSource(
  deps: Pick<Deps, 'db' | 'sql' | 'clock' | 'config' | 'log'>,
  { source, enabled, apiKey, settings }: SourceInput,
): Promise<LeadSourceView> {
  const { db, clock, config } = deps
  const stored = await db.leadSource.findUnique({ where: { source } })
  const keeps = apiKey === undefined ? stored?.apiKeyEncrypted : apiKey
  if (enabled && !keeps && !config.leadSources.keys[source]) {
    throw new DomainError(
      'invalid_input',
      `${SOURCE_LABELS[source]} has no key yet, and was not switched on. Enter its key, then save.`,
      { source },
    )
  }
  const key =
    apiKey === undefined
      ? {}
      : {
          apiKeyEncrypted: apiKey ? encrypt(config.encryptionKey, apiKey, placeOfKey(source)) : null,
          testedAt: null,
          testResult: JSON_NULL,
        }
  const data = { enabled, ...key, ...(settings && { settings }), updatedAt: clock.now() }
  await db.leadSource.upsert({ where: { source }, create: { source, ...data }, update: data })
  const saved = (await listLeadSources(deps)).find((view) => view.source === source)
  if (!saved) throw new Error(`Lead source ${source} is not listed`)
  return saved
}
