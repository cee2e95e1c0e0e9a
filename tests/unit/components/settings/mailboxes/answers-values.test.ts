import { describe, expect, it } from 'vitest'
import { answersValues, proposedServers } from '@/components/settings/mailboxes/answers-values'
import { readMailbox } from '@/components/settings/mailboxes/mailbox-checks'
import { type MailboxValues, newMailboxValues } from '@/components/settings/mailboxes/mailbox-values'
import { presetOfMx } from '@/domain/mailbox/presets/find-preset'

const NOW = new Date('2026-12-01T12:00:00Z')
const filled: MailboxValues = {
  ...newMailboxValues('Europe/Berlin'),
  name: 'Sales',
  fromName: 'Sam Porter',
  fromEmail: 'sam@nexa.example',
  smtpHost: 'smtp.nexa.example',
}
const inputOf = (values: MailboxValues) => {
  const read = readMailbox(values, NOW)
  if (!read.ok) throw new Error(JSON.stringify(read.errors))
  return read.input
}
const errorsOf = (values: MailboxValues) => {
  const read = readMailbox(values, NOW)
  return read.ok ? {} : read.errors
}

describe('the way in', () => {
  const reads: MailboxValues = { ...filled, readsAnswers: true, imapHost: 'imap.nexa.example' }

  it('is none while answers are not read, whatever its fields say', () => {
    expect(inputOf(filled).reader).toBeNull()
    expect(inputOf({ ...filled, imapHost: 'imap.nexa.example', imapPort: 'x', sameLogin: false }).reader).toBeNull()
  })

  it('takes the login of sending, and lets go of one of its own', () => {
    expect(inputOf({ ...reads, imapUser: 'old', imapPassword: 'old', hasImapPassword: true }).reader).toEqual({
      imapHost: 'imap.nexa.example',
      imapPort: 993,
      imapSecurity: 'tls',
      imapUser: null,
      imapPassword: null,
      appendsSent: true,
    })
  })

  it('keeps a stored password of its own unless one is typed', () => {
    const own = { ...reads, sameLogin: false, imapUser: ' sam ', hasImapPassword: true, appendsSent: false }
    expect(inputOf(own).reader).toMatchObject({ imapUser: 'sam', appendsSent: false })
    expect(inputOf(own).reader).not.toHaveProperty('imapPassword')
    expect(inputOf({ ...own, imapPassword: ' a b ' }).reader?.imapPassword).toBe(' a b ')
  })

  it('says what to enter, beside the field', () => {
    expect(errorsOf({ ...reads, imapHost: ' ', imapPort: '', sameLogin: false })).toEqual({
      imapHost: 'Enter the name of the IMAP server, such as imap.company.com.',
      imapPort: 'A whole number from 1 to 65535; usual are 993 and 143.',
      imapUser: 'Enter the user name for reading, or use the one for sending.',
      imapPassword: 'Enter the password for reading, or use the one for sending.',
    })
    expect(errorsOf({ ...filled, aliases: 'sales' })).toEqual({ aliases: 'One email address a line; at most 50.' })
  })

  it('is shown as it is saved again, with further addresses one a line', () => {
    const reader = {
      imapHost: 'imap.nexa.example',
      imapPort: 143,
      imapSecurity: 'starttls' as const,
      imapUser: 'sam',
      hasPassword: true,
      appendsSent: false,
      filesSent: null,
      health: 'ready' as const,
      healthReason: null,
      lastReadAt: null,
      copyFailure: null,
      copiesWaiting: 0,
      isTriedAgain: true,
    }
    expect(inputOf({ ...filled, ...answersValues(reader), aliases: 'a@nexa.example, B@nexa.example' })).toMatchObject({
      aliases: ['a@nexa.example', 'b@nexa.example'],
      reader: { imapPort: 143, imapSecurity: 'starttls', imapUser: 'sam', appendsSent: false },
    })
    expect(answersValues({ ...reader, imapUser: null, hasPassword: false })).toMatchObject({ sameLogin: true })
  })
})

describe('the servers of the provider', () => {
  const gmail = { imapHost: 'imap.gmail.com', imapPort: '993', imapSecurity: 'tls' }
  const typed: MailboxValues = { ...newMailboxValues('UTC'), fromEmail: ' sam@gmail.com' }

  it('are proposed for the fields that are empty', () => {
    expect(proposedServers(typed)).toEqual({
      smtpHost: 'smtp.gmail.com',
      smtpPort: '465',
      smtpSecurity: 'tls',
      ...gmail,
    })
    expect(proposedServers({ ...typed, smtpHost: 'relay.nexa.example' })).toEqual(gmail)
    expect(proposedServers({ ...typed, kind: 'environment' })).toEqual(gmail)
    expect(proposedServers({ ...typed, smtpHost: 'a', imapHost: 'b' })).toBeNull()
  })

  it('are known for a company’s own domain by its server for sending', () => {
    const own = { ...typed, fromEmail: 'sam@nexa.example' }
    expect(proposedServers(own)).toBeNull()
    expect(proposedServers({ ...own, smtpHost: 'smtp.gmail.com' })).toEqual(gmail)
  })

  it('are those of the provider that was looked up', () => {
    const own = { ...typed, fromEmail: 'sam@nexa.example', smtpHost: 'relay.nexa.example' }
    expect(proposedServers(own, presetOfMx(['aspmx.l.google.com']))).toEqual(gmail)
  })
})
