import MailComposer from 'nodemailer/lib/mail-composer'
import type { buildCampaignEmail, CampaignEmailFacts } from '@/domain/message/headers'

/** An email as a campaign sends it. */
export const facts: CampaignEmailFacts = {
  from: { name: 'Sam Porter', address: 'sam@example.com' },
  to: { name: 'Ada Winter', address: 'ada@nordwind.example' },
  subject: 'Hello Ada',
  text: 'Hi',
  html: null,
  messageId: '<0199-1@example.com>',
  date: new Date('2026-03-02T09:00:00Z'),
  unsubscribeUrl:
    'https://leads.example.com/u/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef.signature',
}

export type Email = ReturnType<typeof buildCampaignEmail>

/** Header names with their unfolded values, as an email program reads them. */
export async function wire(email: Email) {
  const raw = (await new MailComposer(email).compile().build()).toString('utf8')
  const [head = ''] = raw.split('\r\n\r\n')
  return head
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)] as const)
}
