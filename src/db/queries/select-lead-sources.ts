import { columnsOf } from '../columns'
import { type LeadSource, Prisma } from '../generated/client'
import { query, type Sql } from '../sql'

/** What is stored of each lead source that was ever saved. */
export const selectLeadSources = (sql: Sql) =>
  query<LeadSource>(sql)`SELECT ${columnsOf('s', Prisma.LeadSourceScalarFieldEnum)} FROM lead_sources s`
