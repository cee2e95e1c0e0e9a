import type { LeadSource as LeadSourceRow } from '@/db/generated/client'
import { selectLeadSources } from '@/db/queries/lead-sources/select-lead-sources'
import type { Sql } from '@/db/sql'
import type { Deps } from '@/deps'
import { LEAD_SOURCES, type LeadSourceName } from '@/domain/lead-generation/criteria'
import type { LeadSource } from '@/lead-sources/types'
import { decrypt } from '@/lib/encryption'

export type SourceAccess = {
  source: LeadSourceName
  row: LeadSourceRow | null
  enabled: boolean
  key: string | null
  keyFrom: 'settings' | 'environment' | null
}

/** Every source with its key: that of the settings, else that of the environment, which also switches it on by itself. */
export async function loadSourceAccess({
  sql,
  config,
  log,
}: Pick<Deps, 'config' | 'log'> & { sql: Sql }): Promise<SourceAccess[]> {
  const rows = await selectLeadSources(sql)
  return LEAD_SOURCES.map((source) => {
    const row = rows.find((other) => other.source === source) ?? null
    const fromEnvironment = config.leadSources.keys[source] ?? null
    const stored = row?.apiKeyEncrypted
    const access = { source, row, enabled: row?.enabled ?? fromEnvironment !== null }
    if (!stored) return { ...access, key: fromEnvironment, keyFrom: fromEnvironment ? 'environment' : null }
    try {
      return { ...access, key: decrypt(config.encryptionKey, stored, placeOfKey(source)), keyFrom: 'settings' }
    } catch (error) {
      // Another ENCRYPTION_KEY: the source has to be given its key again; the others are not affected.
      log.error({ source, err: error }, 'the stored key of a lead source cannot be read')
      return { ...access, key: null, keyFrom: 'settings' }
    }
  })
}

/** The sources that are switched on and have a key. */
export async function openLeadSources(
  deps: Pick<Deps, 'config' | 'log' | 'leadSources'> & { sql: Sql },
): Promise<Map<LeadSourceName, LeadSource>> {
  const access = await loadSourceAccess(deps)
  return new Map(
    access.flatMap(({ source, enabled, key }) =>
      enabled && key ? [[source, deps.leadSources.open(source, key)] as const] : [],
    ),
  )
}

/** The place where a source's key is stored, bound into its encryption. */
export const placeOfKey = (source: LeadSourceName) => `lead_sources/${source}/api_key`
