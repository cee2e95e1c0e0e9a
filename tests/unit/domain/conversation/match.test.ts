import { describe, expect, it } from 'vitest'
import { copiedEmail, type Identity, lookUpsFor, matchOf, type SentEmail } from '@/domain/conversation/match'

const NOW = new Date('2026-12-18T09:00:00Z')
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000)

const sent = (over: Partial<SentEmail> = {}): SentEmail => ({
  id: 'e1',
  leadId: 'l1',
  campaignId: 'c1',
  mailboxId: 'm1',
  messageIds: ['<e1@nexa.example>', '<p1@eu-west-1.amazonses.com>'],
  to: 'ute@nordwind.example',
  subject: 'A quieter warehouse',
  sentAt: daysAgo(4),
  isOpen: true,
  ...over,
})
type Given = Partial<Identity['message']> & Partial<Omit<Identity, 'message'>>
const identity = ({
  inReplyTo = [],
  references = [],
  subject = 'Re: A quieter warehouse',
  ...over
}: Given = {}): Identity => ({
  message: { inReplyTo, references, subject },
  returnedIds: [],
  people: ['ute@nordwind.example'],
  mayMatchCompany: true,
  ...over,
})
const match = (
  given: Given,
  found: { byMessageId?: SentEmail[]; byAddress?: SentEmail[]; byCompany?: SentEmail[] },
) => {
  const result = matchOf(identity(given), { byMessageId: [], byAddress: [], byCompany: [], ...found }, NOW)
  return result && { by: result.by, id: result.email.id }
}

describe('what is looked up', () => {
  it('all ids once, the people, and the domain of their company', () => {
    const given = {
      inReplyTo: ['<a@x>'],
      references: ['<a@x>', '<b@x>'],
      returnedIds: ['<c@x>'],
      people: ['ute@mail.nordwind.co.uk'],
    }
    expect(lookUpsFor(identity(given))).toEqual({
      messageIds: ['<a@x>', '<b@x>', '<c@x>'],
      addresses: ['ute@mail.nordwind.co.uk'],
      companyDomain: 'nordwind.co.uk',
    })
  })

  it.each([
    'ute@gmail.com',
    'ute@web.de',
    'ute@yahoo.co.uk',
    'ute@mail.yahoo.com',
    'ute@nordwind.wixsite.com',
    'ute@github.io',
  ])('no company for %s', (address) => {
    expect(lookUpsFor(identity({ people: [address] })).companyDomain).toBeNull()
  })

  it('no company for the reports of servers', () => {
    expect(lookUpsFor(identity({ mayMatchCompany: false })).companyDomain).toBeNull()
  })
})

describe('which email a message belongs to', () => {
  it('the one that In-Reply-To names, by our id or the provider’s, whatever the subject', () => {
    const given = { inReplyTo: ['<p1@eu-west-1.amazonses.com>'], subject: 'Conveyor noise' }
    expect(match(given, { byMessageId: [sent()], byAddress: [sent({ id: 'e2' })] })).toEqual({
      by: 'in_reply_to',
      id: 'e1',
    })
    expect(match({ ...given, inReplyTo: ['<e1@nexa.example>'] }, { byMessageId: [sent()] })).toEqual({
      by: 'in_reply_to',
      id: 'e1',
    })
  })

  it('the latest that References name, where the subject agrees', () => {
    const two = sent({ id: 'e2', messageIds: ['<e2@nexa.example>'] })
    const references = ['<e1@nexa.example>', '<e2@nexa.example>', '<theirs@nordwind.example>']
    expect(match({ references }, { byMessageId: [sent(), two] })).toEqual({ by: 'references', id: 'e2' })
  })

  it('not the one that References name for a new matter', () => {
    const given = { references: ['<e1@nexa.example>'], subject: 'Invoice 4711', people: ['other@elsewhere.example'] }
    expect(match(given, { byMessageId: [sent()] })).toBeNull()
  })

  it('the one within a returned original', () => {
    const given = {
      returnedIds: ['<e1@nexa.example>'],
      subject: 'Undeliverable',
      people: ['postmaster@nordwind.example'],
      mayMatchCompany: false,
    }
    expect(match(given, { byMessageId: [sent()] })).toEqual({ by: 'returned_original', id: 'e1' })
  })

  it('the latest to the person who writes, with outreach that goes on or ended within 90 days', () => {
    const closed = (days: number, id: string) => sent({ id, sentAt: daysAgo(days), isOpen: false })
    expect(match({ subject: 'Hello' }, { byAddress: [closed(89, 'e1'), closed(40, 'e2')] })).toEqual({
      by: 'address',
      id: 'e2',
    })
    expect(match({ subject: 'Hello' }, { byAddress: [closed(91, 'e1')] })).toBeNull()
    expect(match({ subject: 'Hello' }, { byAddress: [sent({ sentAt: daysAgo(300) })] })).toEqual({
      by: 'address',
      id: 'e1',
    })
  })

  it('of several to one person the one whose subject agrees, else the one that goes on', () => {
    const other = sent({ id: 'e2', subject: 'Something else', sentAt: daysAgo(1), isOpen: false })
    expect(match({}, { byAddress: [other, sent()] })).toEqual({ by: 'address', id: 'e1' })
    expect(match({ subject: 'No such' }, { byAddress: [other, sent()] })).toEqual({ by: 'address', id: 'e1' })
  })

  it('the company’s where a colleague writes', () => {
    const given = { people: ['max@sales.nordwind.example'], subject: 'Hello' }
    expect(match(given, { byCompany: [sent()] })).toEqual({ by: 'company_domain', id: 'e1' })
    expect(match({ ...given, mayMatchCompany: false }, { byCompany: [sent()] })).toBeNull()
    expect(match(given, { byCompany: [sent({ sentAt: daysAgo(91), isOpen: false })] })).toBeNull()
  })

  it('none for somebody at a free-mail provider, whatever a statement found', () => {
    expect(match({ people: ['max@gmail.com'] }, { byCompany: [sent({ to: 'ute@gmail.com' })] })).toBeNull()
  })

  it('none by the subject alone', () => {
    expect(match({ people: ['max@elsewhere.example'] }, { byAddress: [sent()], byCompany: [sent()] })).toBeNull()
  })
})

describe('copies of what we sent', () => {
  const copy = {
    messageId: '<other@nexa.example>',
    inReplyTo: [],
    references: [],
    to: [{ name: '', address: 'ute@nordwind.example' }],
    cc: [],
    subject: 'A quieter warehouse',
    sentAt: new Date(daysAgo(4).getTime() + 60_000),
  }

  it('are known by either id', () => {
    for (const messageId of sent().messageIds)
      expect(
        copiedEmail({ ...copy, messageId, subject: 'x', sentAt: null }, { byMessageId: [sent()], byAddress: [] })?.id,
      ).toBe('e1')
  })

  it('else by recipient, date and subject together', () => {
    const found = { byMessageId: [], byAddress: [sent()] }
    expect(copiedEmail(copy, found)?.id).toBe('e1')
    expect(copiedEmail({ ...copy, subject: 'Re: A quieter warehouse' }, found)).toBeNull()
    expect(copiedEmail({ ...copy, sentAt: daysAgo(3) }, found)).toBeNull()
    expect(copiedEmail({ ...copy, to: [{ name: '', address: 'max@nordwind.example' }] }, found)).toBeNull()
  })
})
