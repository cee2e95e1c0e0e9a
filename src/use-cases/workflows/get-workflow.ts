import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { reachOfChange, type WorkflowUser, workflowUse } from './workflow-use'

export type WorkflowDetail = {
  id: string
  name: string
  description: string | null
  createdAt: Date
  updatedAt: Date
  steps: {
    stepNumber: number
    templateId: string
    templateName: string
    subject: string
    daysAfterPrevious: number
    replyInThread: boolean
  }[]
  /** The first by name, at most 20. */
  inUseBy: WorkflowUser[]
  /** What a change will and will not touch, in words; null when nothing is under way. */
  reach: string | null
}

/** A workflow with its steps in order. @throws {DomainError} not_found */
export async function getWorkflow(deps: Deps, { id }: { id: string }): Promise<WorkflowDetail> {
  const [workflow, use] = await Promise.all([
    deps.db.workflow.findUnique({
      where: { id },
      include: {
        steps: { orderBy: { stepNumber: 'asc' }, include: { template: { select: { name: true, subject: true } } } },
      },
    }),
    workflowUse(deps, id),
  ])
  if (!workflow) throw new DomainError('not_found', 'This workflow does not exist any more.', { workflowId: id })
  const { steps, ...rest } = workflow
  return {
    ...rest,
    steps: steps.map(({ stepNumber, emailTemplateId, template, daysAfterPrevious, replyInThread }) => ({
      stepNumber,
      templateId: emailTemplateId,
      templateName: template.name,
      subject: template.subject,
      daysAfterPrevious,
      replyInThread,
    })),
    inUseBy: use.inUseBy,
    reach: reachOfChange(use),
  }
}
