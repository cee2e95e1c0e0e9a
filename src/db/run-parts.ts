import type { Prisma } from './generated/client'

/** Relations of a run that are read to show it. */
export const RUN_PARTS = {
  batch: { select: { id: true, name: true } },
  sources: { orderBy: { source: 'asc' } },
} as const satisfies Prisma.LeadGenerationRunInclude

export type RunRow = Prisma.LeadGenerationRunGetPayload<{ include: typeof RUN_PARTS }>
