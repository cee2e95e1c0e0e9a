import { literalPattern } from '@/db/literal-pattern'
import type { Deps } from '@/deps'
import { daysFromStart } from '@/domain/workflow/steps'
import { campaignsInUse, inUseSelect, type WorkflowUser } from './workflow-use'

export type ListedWorkflow = {
  id: string
  name: string
  description: string | null
  steps: number
  /** Days from the first email to the last. */
  days: number
  inUseBy: WorkflowUser[]
  createdAt: Date
  updatedAt: Date
}

/** All workflows whose name contains `search`, by name. */
export async function listWorkflows(
  { db }: Deps,
  { search }: { search?: string | undefined } = {},
): Promise<ListedWorkflow[]> {
  const workflows = await db.workflow.findMany({
    where: { name: { contains: literalPattern(search ?? ''), mode: 'insensitive' } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    include: { steps: { orderBy: { stepNumber: 'asc' } }, campaigns: inUseSelect },
  })
  return workflows.map(({ steps, campaigns, ...workflow }) => ({
    ...workflow,
    steps: steps.length,
    days: daysFromStart(steps).at(-1) ?? 0,
    inUseBy: campaignsInUse(campaigns),
  }))
}
