import { updateTemplateIf } from '@/db/queries/templates/update-template-row'
import { withSendingBlocked } from '@/db/send-gate'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { lintTemplate } from '@/domain/message/lint'
import { checkContent, confirmedIn } from './check-content'
import type { NewTemplate, SavedTemplate } from './create-template'
import { loadFillRates } from './load-fill-rates'
import { refuseToBreak } from './refuse-to-break'
import { type TemplateUse, templateUse } from './template-use'

export type UpdateTemplate = Omit<NewTemplate, 'name'> & {
  id: string
  /** A text that belongs to a step becomes one of the templates by getting a name; without one it stays what it is. */
  name?: string | undefined
  /** When the caller last saw it; a save by somebody else since then is not overwritten. */
  seenAt?: Date | undefined
  /** The caller knows that planned emails cannot be made any more, and wants it all the same. */
  confirmed?: boolean | undefined
}

/**
 * Replaces a template. No email made from the old one leaves once this has committed; the record of sent emails stays.
 * One that would keep planned emails from being made is refused until that is confirmed.
 * @throws {DomainError} not_found, conflict, invalid_input, unconfirmed
 */
export async function updateTemplate(
  deps: Deps,
  { id, name, by, seenAt, confirmed = false, confirmedTexts, ...input }: UpdateTemplate,
): Promise<SavedTemplate & { usedBy: TemplateUse }> {
  const content = checkContent(input)
  if (name === undefined) await requireOwnText(deps, id)
  if (!confirmed) await refuseToBreak(deps, [{ id, ...content }])
  const updatedAt = deps.clock.now()
  const texts = confirmedTexts && confirmedIn(content, confirmedTexts)
  const written = await withSendingBlocked(deps.sql, (tx) =>
    updateTemplateIf(tx, { id, name, ...content, confirmedTexts: texts, seenAt, at: updatedAt }),
  )
  if (!written) await refuse(deps, id)
  deps.log.info({ template: id, by }, 'template updated')
  const [usedBy, fillRates] = await Promise.all([templateUse(deps, id), loadFillRates(deps)])
  return { id, updatedAt, problems: lintTemplate(content, fillRates), usedBy }
}

/** Only what belongs to a step goes without a name. */
async function requireOwnText({ db }: Deps, id: string): Promise<void> {
  const template = await db.emailTemplate.findUnique({ where: { id }, select: { workflowId: true } })
  if (template?.workflowId !== null) return
  throw new DomainError('invalid_input', 'Give the template a name. Nothing was saved.', { templateId: id })
}

async function refuse({ db }: Deps, id: string): Promise<never> {
  const other = await db.emailTemplate.findUnique({ where: { id }, select: { updatedAt: true } })
  if (!other) {
    throw new DomainError('not_found', 'This template does not exist any more. Nothing was saved.', { templateId: id })
  }
  throw new DomainError(
    'conflict',
    'Somebody saved this template while you were editing. Nothing was saved. Copy your text, reload, and save again.',
    { templateId: id, updatedAt: other.updatedAt },
  )
}
