import { z } from 'zod'
import type { Sql } from '@/db/sql'
import type { Deps } from '@/deps'
import { type LeadSourceName, SOURCE_LABELS } from '@/domain/lead-generation/criteria'
import { DEFAULT_RETENTION_DAYS, SOURCE_TERMS, sourceSettings } from '@/domain/lead-generation/source-settings'
import { loadSourceAccess } from './open-lead-source'
import type { SourceTest } from './test-lead-source'

export type LeadSourceView = {
  source: LeadSourceName
  label: string
  enabled: boolean
  keySet: boolean
  /** Whether a stored key can be read, or the environment has one. */
  keyFrom: 'settings' | 'environment' | null
  /** The last four characters at most. */
  maskedKey: string | null
  /** It answers made-up data from this machine. */
  sample: boolean
  settings: { retentionDays: number | null }
  terms: string
  testedAt: Date | null
  testResult: SourceTest | null
}

/** The lead sources with their settings and the result of their last test. Never a key, not even encrypted. */
export async function listLeadSources(deps: Pick<Deps, 'config' | 'log'> & { sql: Sql }): Promise<LeadSourceView[]> {
  const access = await loadSourceAccess(deps)
  return access.map(({ source, row, enabled, key, keyFrom }) => ({
    source,
    label: SOURCE_LABELS[source],
    enabled,
    keySet: keyFrom !== null,
    keyFrom,
    maskedKey: keyFrom && masked(key ?? ''),
    sample: deps.config.leadSources.sample,
    settings: { retentionDays: retentionDays(source, row?.settings) },
    terms: SOURCE_TERMS[source],
    testedAt: row?.testedAt ?? null,
    testResult: testResult.parse(row?.testResult ?? null),
  }))
}

/**
 * Days after which fields that a source's terms do not allow to keep are cleared; null for a source without such terms.
 */
export const retentionDays = (source: LeadSourceName, settings: unknown): number | null =>
  source === 'google_places'
    ? (sourceSettings.catch({}).parse(settings ?? {}).retentionDays ?? DEFAULT_RETENTION_DAYS)
    : null

// A short key would be shown whole.
const masked = (key: string) => `••••${key.length >= 16 ? key.slice(-4) : ''}`

// As it was written by `testLeadSource`: JSON holds no dates.
const testResult = z
  .discriminatedUnion('ok', [
    z.object({
      ok: z.literal(true),
      plan: z.string().nullable(),
      quotaLeft: z.number().nullable(),
      quotaUnit: z.string().nullable(),
      renewsAt: z.coerce.date().nullable(),
    }),
    z.object({ ok: z.literal(false), problem: z.string() }),
  ])
  .nullable()
  .catch(null)
