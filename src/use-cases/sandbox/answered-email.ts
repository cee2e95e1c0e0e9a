import { lookUpEmails } from '@/db/queries/conversations/look-up-emails'
import type { Deps } from '@/deps'
import { SANDBOX_READER_HOST } from '@/domain/conversation/sandbox-answer'
import type { Person } from '@/domain/message/headers'

/** The email of a campaign that lies in the sandbox: whose mailbox an answer goes to, and who gives it. */
export type AnsweredEmail = { mailboxId: string; leadId: string; lead: Person; sender: Person }

/** Finds it; otherwise why nobody can answer. */
export async function findAnswered(
  { db, sql, config }: Pick<Deps, 'db' | 'sql' | 'config'>,
  { messageId, toEmail }: { messageId: string; toEmail: string },
): Promise<{ email: AnsweredEmail; refused: null } | { email: null; refused: string }> {
  if (!config.sandbox) return refused('Emails go to real people here: nobody answers in their place.')
  const found = messageId ? await lookUpEmails(sql, { messageIds: [messageId], addresses: [], domains: [] }) : []
  const own = found.find(({ to, reply }) => to === toEmail.toLowerCase() && !reply?.isForward)
  if (!own?.leadId) return refused('This email belongs to no campaign, so nothing would follow from an answer.')
  const mailbox = await db.mailbox.findUniqueOrThrow({ where: { id: own.mailboxId }, include: { reader: true } })
  if (mailbox.kind !== 'environment')
    return refused('It came from a mailbox with a server of its own: answer it with a mail program.')
  if (mailbox.reader && mailbox.reader.imapHost !== SANDBOX_READER_HOST)
    return refused(`The answers of this mailbox are read at ${mailbox.reader.imapHost}, not here.`)
  const lead = await db.lead.findUniqueOrThrow({
    where: { id: own.leadId },
    select: { contactName: true, companyName: true },
  })
  const email = {
    mailboxId: own.mailboxId,
    leadId: own.leadId,
    lead: { name: lead.contactName ?? lead.companyName ?? '', address: toEmail },
    sender: { name: mailbox.fromName, address: mailbox.fromEmail },
  }
  return { email, refused: null }
}

const refused = (why: string) => ({ email: null, refused: why })
