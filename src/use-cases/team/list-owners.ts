import { type OwnerRow, selectOwners } from '@/db/queries/team/select-people'
import type { Sql } from '@/db/sql'

/** The owners of this installation, the first one first. */
export const listOwners = ({ sql }: { sql: Sql }): Promise<OwnerRow[]> => selectOwners(sql)
