import { randomUUID } from 'node:crypto'
import type { Deps } from '@/deps'
import { judge } from '@/domain/delivery/outcome'
import { DomainError } from '@/domain/errors'
import { composeFooter } from '@/domain/message/compose'
import { buildCampaignEmail, displayName, isSingleAddress, messageIdFor } from '@/domain/message/headers'
import { EXAMPLE_VALUES } from '@/domain/message/lint'
import { renderMessage } from '@/domain/message/render'
import { variablesOf } from '@/domain/message/variables'
import { compileMessage } from '@/mail/compile-message'
import { accountOf } from '@/use-cases/mailboxes/get-smtp-account'
import { type LeadChoice, loadLeadChoice, loadTemplateChoice, type TemplateChoice } from './load-choices'
import { previewSender } from './preview-sender'

export type SendTest = { template: TemplateChoice; to: string; lead?: LeadChoice | undefined; by: string | null }

/**
 * Sends the template as a lead would get it to one address, at once, outside any campaign, limit or ledger.
 * @throws {DomainError} invalid_input, not_ready, not_found
 */
export async function sendTest(deps: Deps, input: SendTest) {
  const to = input.to.trim()
  if (!isSingleAddress(to)) {
    throw new DomainError('invalid_input', `"${to}" is not an email address. Nothing was sent.`, { field: 'to' })
  }
  const [template, sender] = await Promise.all([loadTemplateChoice(deps, input.template), previewSender(deps)])
  const { mailbox } = sender
  if (!mailbox) {
    throw new DomainError('not_ready', 'There is no mailbox to send from. Nothing was sent. Add a mailbox in Settings.')
  }
  const lead = await loadLeadChoice(deps, input.lead ?? { index: 0 }, [])
  const campaign = { name: 'Campaign name' }
  const variables = lead ? variablesOf(lead, sender, campaign, sender.unsubscribeUrl) : EXAMPLE_VALUES
  const rendered = renderMessage(template, variables)
  if (!rendered.ok) {
    const who = lead ? ` The values are those of ${lead.email}.` : ''
    throw new DomainError('invalid_input', `${rendered.reason}${who} Nothing was sent.`, { missing: rendered.missing })
  }
  const email = buildCampaignEmail({
    from: { name: displayName(mailbox.fromName), address: mailbox.fromEmail },
    to: { name: '', address: to },
    replyTo: mailbox.replyTo,
    subject: `[Test] ${rendered.subject}`,
    ...composeFooter(rendered, sender.footer),
    messageId: messageIdFor(`test-${randomUUID()}`, mailbox.fromEmail),
    date: deps.clock.now(),
    unsubscribeUrl: sender.unsubscribeUrl,
  })
  const raw = compileMessage(email)
  const outcome = await deps.mailer.send(accountOf(deps, mailbox), { envelope: { from: mailbox.fromEmail, to }, raw })
  const verdict = judge(outcome)
  deps.log.info({ mailbox: mailbox.id, verdict: verdict.kind, by: input.by }, 'test email')
  if (verdict.kind === 'sent')
    return { to, from: mailbox.fromEmail, subject: email.subject, response: verdict.response }
  const reason = 'reason' in verdict ? verdict.reason : 'The mail server was not reached.'
  throw new DomainError('not_ready', `The test email was not accepted: ${reason}`, { verdict: verdict.kind })
}
