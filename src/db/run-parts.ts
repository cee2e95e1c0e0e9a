import type { Prisma } from './generated/client'

/** What a run is read with to be shown. */
export const RUN_PARTS = {
  batch: { select: { id: true, name: true, _count: { select: { leads: true } } } },
  sources: { orderBy: { source: 'asc' } },
} as const satisfies Prisma.LeadGenerationRunInclude

export type RunRow = Prisma.LeadGenerationRunGetPayload<{ include: typeof RUN_PARTS }>
