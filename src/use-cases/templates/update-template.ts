import { updateTemplateIf } from '@/db/queries/templates/update-template-row'
import { withSendingBlocked } from '@/db/send-gate'
import type { Deps } from '@/deps'
import { counted } from '@/domain/counted'
import { DomainError } from '@/domain/errors'
import { lintTemplate } from '@/domain/message/lint'
import type { MessageTemplate } from '@/domain/message/render'
import { findBrokenEmails } from './broken-emails'
import { checkContent, confirmedIn } from './check-content'
import type { NewTemplate, SavedTemplate } from './create-template'
import { loadFillRates } from './load-fill-rates'
import { type TemplateUse, templateUse } from './template-use'

export type UpdateTemplate = NewTemplate & {
  id: string
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
  if (!confirmed) await refuseToBreak(deps, id, content)
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

async function refuseToBreak(deps: Deps, id: string, content: MessageTemplate): Promise<void> {
  const { emails, reasons } = await findBrokenEmails(deps, id, content)
  if (emails === 0) return
  throw new DomainError(
    'unconfirmed',
    `${counted(emails, 'planned email')} could not be made: ${reasons.slice(0, 3).join(' ')} Nothing was saved.`,
    { templateId: id, emails, reasons },
  )
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
