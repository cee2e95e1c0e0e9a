import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { renderMessage } from '@/domain/message/render'
import { variablesOf } from '@/domain/message/variables'
import { getSettings } from '@/use-cases/settings/get-settings'
import { loadAnswered } from './answered-message'

/**
 * Fills a template in for the lead of a message, for a person to go on with: its text, without what campaigns add below it.
 * @throws {DomainError} not_found; invalid_input where a value is missing
 */
export async function prepareReplyText(
  deps: Pick<Deps, 'db' | 'sql'>,
  { messageId, templateId }: { messageId: string; templateId: string },
): Promise<{ text: string }> {
  const [message, template] = await Promise.all([
    loadAnswered(deps, messageId),
    deps.db.emailTemplate.findUnique({ where: { id: templateId } }),
  ])
  if (!template) throw new DomainError('not_found', 'This template does not exist any more. Nothing was changed.')
  const { mailbox, lead, campaignName } = message
  const { companyName } = await getSettings(deps)
  const sender = { name: mailbox.fromName, email: mailbox.fromEmail, company: companyName }
  const variables = variablesOf(lead ?? { email: message.fromEmail }, sender, { name: campaignName })
  // The subject is that of the conversation.
  const rendered = renderMessage({ subject: '-', bodyText: template.bodyText }, variables)
  if (!rendered.ok)
    throw new DomainError('invalid_input', `Template “${template.name}”: ${rendered.reason} Nothing was changed.`, {
      missing: rendered.missing,
    })
  return { text: rendered.text.trim() }
}
