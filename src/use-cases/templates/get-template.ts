import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { lintTemplate } from '@/domain/message/lint'
import { loadFillRates } from './load-fill-rates'
import { templateUse } from './template-use'

/** A template with its uses and its problems. @throws {DomainError} not_found */
export async function getTemplate(deps: Deps, { id }: { id: string }) {
  const template = await deps.db.emailTemplate.findUnique({ where: { id } })
  if (!template) throw new DomainError('not_found', 'This template does not exist any more.', { templateId: id })
  const [use, fillRates] = await Promise.all([templateUse(deps, id), loadFillRates(deps)])
  return { ...template, usedBy: use, problems: lintTemplate(template, fillRates), fillRates }
}
