import { isForeignKeyError } from '@/db/errors'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'

/** Deletes a workflow that no campaign uses or used, with the texts of its steps; templates stay. @throws {DomainError} not_found, in_use */
export async function deleteWorkflow(
  deps: Deps,
  { id, by }: { id: string; by: string | null },
): Promise<{ id: string }> {
  const where = { id, listed: true, campaignId: null }
  const workflow = await deps.db.workflow.findFirst({ where, select: { name: true } })
  if (!workflow) throw isGone(id)
  await refuseUsed(deps, id, workflow.name)
  try {
    // Of two who delete it at once the database lets one.
    if ((await deps.db.workflow.deleteMany({ where: { id } })).count === 0) throw isGone(id)
  } catch (error) {
    // A campaign chose it between the look and the deletion; the database refuses.
    if (isForeignKeyError(error)) await refuseUsed(deps, id, workflow.name)
    throw error
  }
  deps.log.info({ workflow: id, by }, 'workflow deleted')
  return { id }
}

const isGone = (workflowId: string) =>
  new DomainError('not_found', 'This workflow does not exist any more. Nothing was deleted.', { workflowId })

async function refuseUsed({ db }: Deps, workflowId: string, name: string) {
  const campaigns = await db.campaign.findMany({
    where: { OR: [{ workflowId }, { scheduledEmails: { some: { workflowId } } }] },
    orderBy: { name: 'asc' },
    select: { id: true, name: true, status: true },
  })
  const [first] = campaigns
  if (!first) return
  const more = campaigns.length > 1 ? ` and ${campaigns.length - 1} more` : ''
  const advice =
    first.status === 'draft'
      ? 'Choose another workflow in that campaign first.'
      : "It belongs to that campaign's history."
  throw new DomainError(
    'in_use',
    `Workflow "${name}" is used by campaign "${first.name}" (${first.status})${more}. Nothing was deleted. ${advice}`,
    { campaigns },
  )
}
