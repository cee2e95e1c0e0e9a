import { z } from 'zod'
import { ACT_GROUPS, ACT_OUTCOMES, type ActGroup } from '@/domain/audit/acts'
import { listAuditEntries } from '@/use-cases/audit/list-audit-entries'
import { pageInput } from '../list-input'
import { createRouter, procedure } from '../trpc'

const group = z.enum(Object.keys(ACT_GROUPS) as [ActGroup, ...ActGroup[]])

export const auditRouter = createRouter({
  list: procedure
    .input(
      z
        .object({
          group: group.optional(),
          actorId: z.string().min(1).max(100).optional(),
          outcome: z.enum(ACT_OUTCOMES).optional(),
          ...pageInput,
        })
        .prefault({}),
    )
    .query(({ ctx, input }) => listAuditEntries(ctx.deps, input)),
})
