import { columnsOf } from '@/db/columns'
import { type LeadSource, Prisma } from '@/db/generated/client'
import { query, type Sql } from '@/db/sql'

/** The stored settings of each lead source that was ever saved. */
export const selectLeadSources = (sql: Sql) =>
  query<LeadSource>(sql)`SELECT ${columnsOf('s', Prisma.LeadSourceScalarFieldEnum)} FROM lead_sources s`
