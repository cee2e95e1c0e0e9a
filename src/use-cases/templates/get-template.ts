import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { lintTemplate } from '@/domain/message/lint'
import { titleOf } from '@/domain/templates/title'
import { loadFillRates } from './load-fill-rates'
import { templateUse } from './template-use'

/** What a text belongs to whose step alone sends it: a workflow, or a campaign with a sequence of its own. */
export type TextOwner = { kind: 'workflow' | 'campaign'; id: string; name: string }

/**
 * A template, or the text that belongs to a step, with its uses and its problems. `title` is what people know it by, `owner`
 * null for a template.
 * @throws {DomainError} not_found
 */
export async function getTemplate(deps: Deps, { id }: { id: string }) {
  const found = await deps.db.emailTemplate.findUnique({
    where: { id },
    include: { workflow: { select: { id: true, name: true, campaign: { select: { id: true, name: true } } } } },
  })
  if (!found) throw new DomainError('not_found', 'This template does not exist any more.', { templateId: id })
  const { workflow, workflowId: _, ...template } = found
  const [use, fillRates] = await Promise.all([templateUse(deps, id), loadFillRates(deps)])
  const problems = lintTemplate(template, fillRates)
  return {
    ...template,
    title: titleOf(template),
    owner: workflow && ownerOf(workflow),
    usedBy: use,
    problems,
    fillRates,
  }
}

type Owning = { id: string; name: string; campaign: { id: string; name: string } | null }

const ownerOf = ({ id, name, campaign }: Owning): TextOwner =>
  campaign ? { kind: 'campaign', ...campaign } : { kind: 'workflow', id, name }
