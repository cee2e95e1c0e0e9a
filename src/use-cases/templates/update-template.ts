import { updateTemplateIf } from '@/db/queries/templates/update-template-row'
import { withSendingBlocked } from '@/db/send-gate'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { lintTemplate } from '@/domain/message/lint'
import { checkContent } from './check-content'
import type { NewTemplate, SavedTemplate } from './create-template'
import { loadFillRates } from './load-fill-rates'
import { type TemplateUse, templateUse } from './template-use'

export type UpdateTemplate = NewTemplate & {
  id: string
  /** When the caller last saw it; a save by somebody else since then is not overwritten. */
  seenAt?: Date | undefined
}

/**
 * Replaces a template. No email made from the old one leaves once this has committed; the record of sent emails stays.
 * @throws {DomainError} not_found, conflict, invalid_input
 */
export async function updateTemplate(
  deps: Deps,
  { id, name, by, seenAt, ...input }: UpdateTemplate,
): Promise<SavedTemplate & { usedBy: TemplateUse }> {
  const content = checkContent(input)
  const updatedAt = deps.clock.now()
  const written = await withSendingBlocked(deps.sql, (tx) =>
    updateTemplateIf(tx, { id, name, ...content, seenAt, at: updatedAt }),
  )
  if (!written) await refuse(deps, id)
  deps.log.info({ template: id, by }, 'template updated')
  const [usedBy, fillRates] = await Promise.all([templateUse(deps, id), loadFillRates(deps)])
  return { id, updatedAt, problems: lintTemplate(content, fillRates), usedBy }
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
