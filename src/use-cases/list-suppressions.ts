import {
  countSuppressions,
  type SuppressionFilter,
  type SuppressionRow,
  selectSuppressions,
} from '@/db/queries/select-suppressions'
import { queryRows } from '@/db/query'
import type { Deps } from '@/deps'

export type ListSuppressions = SuppressionFilter & { page?: number; pageSize?: number }

/** A page of the suppression list, the latest first, with the number of all entries that match. */
export async function listSuppressions({ pool }: Deps, { page = 1, pageSize = 50, ...filter }: ListSuppressions) {
  const [entries, [counted]] = await Promise.all([
    queryRows<SuppressionRow>(pool, selectSuppressions(filter, { limit: pageSize, offset: (page - 1) * pageSize })),
    queryRows<{ total: number }>(pool, countSuppressions(filter)),
  ])
  return { entries, total: counted?.total ?? 0, page, pageSize }
}
