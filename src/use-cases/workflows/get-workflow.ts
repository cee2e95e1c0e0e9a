import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { titleOf } from '@/domain/templates/title'
import { type StepText, textOf } from './read-text'
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
    /** The text that the step has for itself; null where it sends one of the templates. */
    text: StepText | null
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
    deps.db.workflow.findFirst({
      where: { id, listed: true, campaignId: null },
      include: { steps: { orderBy: { stepNumber: 'asc' }, include: { template: true } } },
    }),
    workflowUse(deps, id),
  ])
  if (!workflow) throw new DomainError('not_found', 'This workflow does not exist any more.', { workflowId: id })
  const { steps, campaignId: _, ...rest } = workflow
  return {
    ...rest,
    steps: steps.map(({ stepNumber, emailTemplateId, template, daysAfterPrevious, replyInThread }) => ({
      stepNumber,
      templateId: emailTemplateId,
      templateName: titleOf(template),
      subject: template.subject,
      text: textOf(template, replyInThread),
      daysAfterPrevious,
      replyInThread,
    })),
    inUseBy: use.inUseBy,
    reach: reachOfChange(use),
  }
}
