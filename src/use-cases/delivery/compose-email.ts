import type { EmailTemplate, Mailbox } from '@/db/generated/client'
import type { DueEmail } from '@/db/queries/delivery/select-due-emails'
import type { Deps } from '@/deps'
import { threadHeaders } from '@/domain/conversation/thread'
import { composeFooter } from '@/domain/message/compose'
import { buildCampaignEmail, displayName, isMessageId, type Thread } from '@/domain/message/headers'
import { type CompiledTemplate, compileTemplate } from '@/domain/message/render'
import { variablesOf } from '@/domain/message/variables'
import { titleOf } from '@/domain/templates/title'
import { unsubscribeToken } from '@/lib/encryption'
import { compileMessage } from '@/mail/compile-message'
import type { OutgoingMail } from '@/mail/mailer'

/** Who the law wants named in every email. */
type SenderIdentity = { postalAddress: string; companyName: string }

export type EmailContent = { from: string; subject: string; text: string; html: string | null }

/** An email that is ready for the wire, or why it cannot be made; with the name of its template. */
export type Composed = { template: string } & (
  | { ok: true; content: EmailContent; outgoing: OutgoingMail }
  | { ok: false; reason: string }
)

export type Composer = (email: DueEmail) => Promise<Composed>

/**
 * Composer of one mailbox's emails: renders and compiles them. Each version of a template is read and compiled once for as
 * long as it lives. One that is saved between an email's look and the read gives a newer text under the older version:
 * the claim refuses that email.
 */
export function createComposer(
  { db, config, clock, random }: Deps,
  mailbox: Mailbox,
  settings: SenderIdentity,
): Composer {
  const templates = new Map<string, Promise<EmailTemplate>>()
  const compiled = new Map<EmailTemplate, CompiledTemplate>()
  const compile = (template: EmailTemplate) => {
    const known = compiled.get(template) ?? compileTemplate(template)
    compiled.set(template, known)
    return known
  }
  const templateOf = ({ templateId: id, templateVersion }: DueEmail) => {
    const key = `${id} ${templateVersion}`
    const known = templates.get(key) ?? db.emailTemplate.findUniqueOrThrow({ where: { id } })
    templates.set(key, known)
    // A database that is away for a moment must not be remembered as a template that cannot be read.
    known.catch(() => templates.delete(key))
    return known
  }
  return async (email) => {
    const template = await templateOf(email)
    const name = titleOf(template)
    try {
      const content = contentOf(email, compile(template))
      if ('missing' in content) return { ok: false, reason: content.reason, template: name }
      return { ok: true, ...content, template: name }
    } catch (error) {
      return { ok: false, reason: (error as Error).message, template: name }
    }
  }

  function contentOf(email: DueEmail, template: CompiledTemplate) {
    const { lead } = email
    const from = { name: displayName(mailbox.fromName), address: mailbox.fromEmail }
    const token = unsubscribeToken(config.consentKey, email.id)
    const appUrl = config.appUrl.replace(/\/$/, '')
    const unsubscribeUrl = `${appUrl}/u/${token}`
    const sender = { name: mailbox.fromName, email: mailbox.fromEmail, company: settings.companyName }
    const rendered = template.render(variablesOf(lead, sender, { name: email.campaignName }, unsubscribeUrl))
    if (!rendered.ok) return rendered
    const bodies = composeFooter(rendered, { ...settings, unsubscribeUrl, signature: mailbox.signature })
    const composed = buildCampaignEmail({
      from,
      to: { name: displayName(lead.contactName ?? lead.companyName), address: email.email },
      replyTo: mailbox.replyTo,
      subject: rendered.subject,
      ...bodies,
      messageId: email.messageId,
      date: clock.now(),
      unsubscribeUrl: `${appUrl}/api/unsubscribe/${token}`,
      ...(email.freshReadMinutes === null ? {} : { unsubscribeMailto: from.address, unsubscribeToken: token }),
      thread: email.replyInThread ? threadOf(email) : null,
      namesItself: !email.keepsMessageId,
    })
    const raw = compileMessage(composed)
    return {
      content: { from: from.address, subject: composed.subject, text: bodies.text, html: bodies.html },
      outgoing: { envelope: { from: from.address, to: email.email }, raw },
    }
  }

  function threadOf({ thread }: DueEmail): Thread | null {
    if (!thread) return null
    const at = { seconds: clock.now().getTime() / 1000, random: Math.floor(random() * 256) }
    const { references, threadIndex } = threadHeaders(thread.messages, at)
    return { subject: thread.subject, messageIds: references.filter(isMessageId), threadIndex }
  }
}
