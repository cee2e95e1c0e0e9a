import { type RemovalRow, selectRemovals } from '@/db/queries/suppression/remove-suppression'
import type { Deps } from '@/deps'

const LISTED = 200

/** What was taken off the suppression list, the latest first: by whom, when and why. The latest 200. */
export const listRemovals = ({ sql }: Deps): Promise<RemovalRow[]> => selectRemovals(sql, LISTED)
