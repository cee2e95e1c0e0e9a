import {
  countSuppressions,
  type SuppressionFilter,
  selectSuppressions,
} from '@/db/queries/suppression/select-suppressions'
import type { Deps } from '@/deps'
import { normaliseEmail } from '@/domain/lead/email'
import { addressHash } from '@/lib/encryption'

export type ListSuppressions = Omit<SuppressionFilter, 'hash'> & { page?: number; pageSize?: number }

/**
 * A page of the suppression list, the latest first, with the number of all entries that match. An address that was erased is
 * found by its whole spelling alone.
 */
export async function listSuppressions({ sql, config }: Deps, input: ListSuppressions) {
  const { page = 1, pageSize = 50, kind, search } = input
  const address = search ? normaliseEmail(search) : null
  const hash = address?.ok ? addressHash(config.consentKey, address.email) : undefined
  const filter = { kind, search, hash }
  const [entries, total] = await Promise.all([
    selectSuppressions(sql, filter, { limit: pageSize, offset: (page - 1) * pageSize }),
    countSuppressions(sql, filter),
  ])
  return { entries, total, page, pageSize }
}
