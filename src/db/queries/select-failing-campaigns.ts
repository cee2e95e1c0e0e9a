import { Prisma } from '../generated/client'

/** Running campaigns with any failed mail, with the two counts that decide about their health. */
export const selectFailureCounts = (ids: readonly string[]) => Prisma.sql`
  SELECT id, emails_failed_count AS failed, emails_scheduled_count AS planned FROM campaigns
  WHERE id = ANY(${[...ids]}::uuid[]) AND status = 'running' AND emails_failed_count > 0`
