import { columnsOf } from '@/db/columns'
import { type LeadSource, Prisma } from '@/db/generated/client'
import { query, type Sql } from '@/db/sql'

/** What is stored of each lead source that was ever saved. */
export const selectLeadSources = (sql: Sql) =>
  query<LeadSource>(sql)`SELECT ${columnsOf('s', Prisma.LeadSourceScalarFieldEnum)} FROM lead_sources s`
