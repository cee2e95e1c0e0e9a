import { countWorkflows, selectWorkflows } from '@/db/queries/workflows/select-workflows'
import type { Deps } from '@/deps'
import { type NamedListAsked, namedListRead } from '@/domain/lists/named-list'
import { daysFromStart } from '@/domain/workflow/steps'
import { LIVE, type WorkflowUser } from './workflow-use'

export type ListedWorkflow = {
  id: string
  name: string
  description: string | null
  steps: number
  /** Days from the first email to the last. */
  days: number
  /** How many campaigns are under way with it or have a date, and the first of them by name. */
  inUseBy: { first: WorkflowUser | null; count: number }
  createdAt: Date
  updatedAt: Date
}

/** A page of the workflows whose name contains `search`, by name, with their number. */
export async function listWorkflows(
  { sql }: Pick<Deps, 'sql'>,
  asked: NamedListAsked = {},
): Promise<{ rows: ListedWorkflow[]; total: number }> {
  const read = namedListRead(asked)
  const [workflows, total] = await Promise.all([
    selectWorkflows(sql, { ...read, live: LIVE }),
    countWorkflows(sql, read),
  ])
  const rows = workflows.map(({ daysAfterPrevious, users, userId, userName, userStatus, ...workflow }) => ({
    ...workflow,
    days: daysFromStart(daysAfterPrevious.map((days) => ({ daysAfterPrevious: days }))).at(-1) ?? 0,
    inUseBy: {
      first: userId && userStatus ? { id: userId, name: userName ?? '', status: userStatus } : null,
      count: users,
    },
  }))
  return { rows, total }
}
