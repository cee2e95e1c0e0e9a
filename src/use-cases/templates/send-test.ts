import { randomUUID } from 'node:crypto'
import type { Mailbox } from '@/db/generated/client'
import { selectSuppressedAddresses } from '@/db/queries/suppression/select-suppressed-addresses'
import { countTestEmail } from '@/db/queries/templates/count-test-email'
import type { Deps } from '@/deps'
import { counted } from '@/domain/counted'
import { connectionWords } from '@/domain/delivery/connection-words'
import { goesOut, isAvailable } from '@/domain/delivery/mailbox-health'
import { judge, type SmtpOutcome, type Verdict } from '@/domain/delivery/outcome'
import { DomainError } from '@/domain/errors'
import { withWireDomain } from '@/domain/lead/email'
import { suppressionInWords } from '@/domain/lead/suppression'
import { composeFooter } from '@/domain/message/compose'
import { buildCampaignEmail, displayName, isSingleAddress, messageIdFor } from '@/domain/message/headers'
import { EXAMPLE_VALUES } from '@/domain/message/lint'
import { renderMessage } from '@/domain/message/render'
import { variablesOf } from '@/domain/message/variables'
import { isPublicHttps } from '@/domain/public-address'
import { hashedAddress } from '@/lib/encryption'
import { compileMessage } from '@/mail/compile-message'
import type { SmtpAccount } from '@/mail/mailer'
import { accountFailure, openAccount } from '@/use-cases/mailboxes/open-account'
import { type LeadChoice, loadLeadChoice, loadTemplateChoice, type TemplateChoice } from './load-choices'
import { previewSender } from './preview-sender'

export type SendTest = {
  template: TemplateChoice
  to: string
  lead?: LeadChoice | undefined
  /** The first that can be used when absent. */
  mailboxId?: string | undefined
  /** The person, whose test emails are limited. */
  by: string
}

/** `goesOut`: it left this machine. `unreachableLinks`: what its links begin with, where others cannot open them. */
export type SentTest = {
  to: string
  from: string
  subject: string
  response: string
  goesOut: boolean
  unreachableLinks: string | null
}

// Of one person in an hour.
const MOST_TEST_EMAILS = 20
const HOUR_MS = 3_600_000

/**
 * Sends the template as a lead would get it to one address, at once, outside any campaign, daily limit or ledger. Refused
 * like any email to an address on the suppression list; a mailbox that is stopped or cools down is not logged in to. Asked for again,
 * as after an answer that was lost, it is another test email.
 * @throws {DomainError} invalid_input, conflict, not_ready, not_found
 */
export async function sendTest(deps: Deps, input: SendTest): Promise<SentTest> {
  const to = withWireDomain(input.to.trim())
  if (!isSingleAddress(to)) {
    throw new DomainError('invalid_input', `"${to}" is not an email address. Nothing was sent.`, { field: 'to' })
  }
  await refuseSuppressedTest(deps, to)
  const mailbox = await usableMailbox(deps, input.mailboxId)
  const [template, sender] = await Promise.all([loadTemplateChoice(deps, input.template), previewSender(deps, mailbox)])
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
  await refuseTooMany(deps, input.by)
  const account = await accountFor(deps, mailbox)
  const outcome = await deps.mailer.send(account, { envelope: { from: mailbox.fromEmail, to }, raw })
  const verdict = judge(outcome, raw.length)
  deps.log.info({ mailbox: mailbox.id, verdict: verdict.kind, by: input.by }, 'test email')
  if (verdict.kind === 'sent') {
    const out = goesOut(mailbox, deps.config.sandbox)
    const unreachableLinks = isPublicHttps(deps.config.appUrl) ? null : deps.config.appUrl
    const { subject } = email
    return { to, from: mailbox.fromEmail, subject, response: verdict.response, goesOut: out, unreachableLinks }
  }
  throw new DomainError('not_ready', `The test email was not accepted: ${whyNot(outcome, verdict, account)}`, {
    verdict: verdict.kind,
  })
}

async function accountFor(deps: Deps, mailbox: Mailbox): Promise<SmtpAccount> {
  try {
    return await openAccount(deps, mailbox)
  } catch (error) {
    const failure = accountFailure(error)
    if (!failure) throw error
    throw new DomainError('not_ready', `${failure.reason} Nothing was sent.`, { mailboxId: mailbox.id })
  }
}

/** The server's own words for an email that it refused; ours for a connection that did not come about. */
function whyNot(
  outcome: SmtpOutcome,
  verdict: Verdict,
  { host, port, greetingName, accessToken }: SmtpAccount,
): string {
  const isConnected = outcome.kind === 'refused' && outcome.phase !== 'connect' && outcome.phase !== 'auth'
  if (verdict.kind !== 'mailbox' || isConnected) return 'reason' in verdict ? verdict.reason : 'It was not offered.'
  return connectionWords(outcome, `${host}:${port}`, greetingName, { byToken: accessToken !== undefined })
}

async function refuseSuppressedTest({ sql, config }: Deps, to: string): Promise<void> {
  const email = to.toLowerCase()
  const [entry] = await selectSuppressedAddresses(sql, [hashedAddress(config.consentKey, email)])
  if (!entry) return
  throw new DomainError(
    'conflict',
    `"${to}" is on the suppression list (${suppressionInWords(entry)}). Nothing was sent. Send the test to another address.`,
    { field: 'to' },
  )
}

/** The chosen mailbox, else the oldest that can be used. */
async function usableMailbox({ db, clock }: Deps, id: string | undefined): Promise<Mailbox> {
  const mailboxes = await db.mailbox.findMany({
    ...(id ? { where: { id } } : {}),
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  const [first] = mailboxes
  if (!first) {
    if (id)
      throw new DomainError('not_found', 'This mailbox does not exist any more. Nothing was sent. Choose another.')
    throw new DomainError('not_ready', 'There is no mailbox to send from. Nothing was sent. Add a mailbox in Settings.')
  }
  const usable = mailboxes.find((mailbox) => isAvailable(mailbox, clock.now()))
  if (usable) return usable
  const state = first.health === 'stopped' ? 'is stopped' : 'cools down after a failure'
  throw new DomainError(
    'not_ready',
    `Mailbox ${first.fromEmail} ${state}${first.healthReason ? `: ${first.healthReason}` : ''}. Nothing was sent. Fix the mailbox in Settings.`,
    { field: 'mailboxId', mailboxId: first.id },
  )
}

/** Real time: a simulated hour may pass in seconds. */
async function refuseTooMany({ sql, clock }: Deps, userId: string): Promise<void> {
  const { count, sinceAt } = await countTestEmail(sql, { userId, now: clock.realNow(), windowMs: HOUR_MS })
  if (count <= MOST_TEST_EMAILS) return
  const minutes = Math.max(1, Math.ceil((sinceAt.getTime() + HOUR_MS - clock.realNow().getTime()) / 60_000))
  throw new DomainError(
    'not_ready',
    `You have sent ${MOST_TEST_EMAILS} test emails within an hour, which is the limit. Nothing was sent. Try again in ${counted(minutes, 'minute')}.`,
  )
}
