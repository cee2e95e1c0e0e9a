import {
  countSuppressions,
  type SuppressionFilter,
  selectSuppressions,
} from '@/db/queries/suppression/select-suppressions'
import type { Deps } from '@/deps'

export type ListSuppressions = SuppressionFilter & { page?: number; pageSize?: number }

/** A page of the suppression list, the latest first, with the number of all entries that match. */
export async function listSuppressions({ sql }: Deps, { page = 1, pageSize = 50, ...filter }: ListSuppressions) {
  const [entries, total] = await Promise.all([
    selectSuppressions(sql, filter, { limit: pageSize, offset: (page - 1) * pageSize }),
    countSuppressions(sql, filter),
  ])
  return { entries, total, page, pageSize }
}
