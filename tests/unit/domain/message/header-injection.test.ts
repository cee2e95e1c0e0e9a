import fc from 'fast-check'
import MailComposer from 'nodemailer/lib/mail-composer'
import { expect, it } from 'vitest'
import { buildCampaignEmail, displayName } from '@/domain/message/headers'
import { renderMessage } from '@/domain/message/render'
import { variablesOf } from '@/domain/message/variables'
import { type Email, facts, wire } from './mail-on-the-wire'

const allowed = [
  'content-transfer-encoding',
  'content-type',
  'date',
  'from',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'message-id',
  'mime-version',
  'subject',
  'to',
]
const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .array(
      fc.constantFrom(
        '\r\n',
        '\n',
        '\r',
        '\u0000',
        'Bcc: x@evil.example',
        '<x@evil.example>',
        ', ',
        '"',
        '=?utf-8?q?',
        '\u2028',
        'a',
        '@',
        ';',
      ),
      { maxLength: 12 },
    )
    .map((p) => p.join('')),
)

it('lets no value of a lead add a header line or a recipient', async () => {
  await fc.assert(
    fc.asyncProperty(nasty, nasty, nasty, async (company, contact, custom) => {
      const lead = {
        email: facts.to.address,
        companyName: company,
        contactName: contact,
        customFields: { note: custom },
      }
      const rendered = renderMessage(
        {
          subject: 'About {{ company_name | default: "you" }} {{ note | default: "x" }}',
          bodyText: 'Hi {{ contact_name }}',
        },
        variablesOf(lead, { name: facts.from.name, email: facts.from.address }, { name: 'c' }),
      )
      if (!rendered.ok) throw new Error(rendered.reason)
      const email = buildCampaignEmail({
        ...facts,
        ...rendered,
        to: { name: displayName(contact), address: lead.email },
      })
      const composed = new MailComposer(email).compile()
      expect(composed.getEnvelope()).toEqual({ from: 'sam@example.com', to: ['ada@nordwind.example'] })
      const headers = await wire(email)
      expect(headers.map(([name]) => name).sort()).toEqual(allowed)
      expect(headers.find(([name]) => name === 'to')?.[1].match(/@/g)?.length).toBeLessThanOrEqual(
        1 + (displayName(contact).match(/@/g)?.length ?? 0),
      )
    }),
    { numRuns: 500 },
  )
})

// Two in three are fine, so that a bad one meets good ones and the email is really made.
const likely = (good: string) => fc.oneof({ weight: 2, arbitrary: fc.constant(good) }, { weight: 1, arbitrary: nasty })

it('either refuses arbitrary fields or sends exactly one email to exactly one address', async () => {
  await fc.assert(
    fc.asyncProperty(
      likely('Hello'),
      likely('Ada'),
      likely('a@b.example'),
      likely('c@d.example'),
      async (subject, name, address, replyTo) => {
        let email: Email
        try {
          email = buildCampaignEmail({
            ...facts,
            subject,
            from: { name, address: 'sam@example.com' },
            to: { name, address },
            replyTo,
          })
        } catch {
          return
        }
        const composed = new MailComposer(email).compile()
        expect(composed.getEnvelope().to).toHaveLength(1)
        expect(
          (await wire(email))
            .map(([header]) => header)
            .filter((header) => header !== 'reply-to')
            .sort(),
        ).toEqual(allowed)
      },
    ),
    { numRuns: 500 },
  )
})
