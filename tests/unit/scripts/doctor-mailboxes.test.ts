import { describe, expect, it } from 'vitest'
import { domainFindings } from '../../../scripts/lib/doctor/chapters/domains'
import { type ExaminedMailbox, mailboxFindings } from '../../../scripts/lib/doctor/chapters/mailboxes'

const NOW = new Date('2026-03-02T09:00:00Z')
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000)

const mailbox = {
  name: 'Own',
  kind: 'smtp',
  health: 'ready',
  healthReason: null,
  coolDownUntil: null,
  testedAt: minutesAgo(60),
  reader: null,
  signIn: null,
  checks: [],
}
const reader = {
  health: 'ready',
  healthReason: null,
  lastReadAt: minutesAgo(2),
  createdAt: minutesAgo(600),
  copyFailure: null,
}
const findingsOf = (changed: object, sandbox = false) =>
  mailboxFindings({ ...mailbox, ...changed } as unknown as ExaminedMailbox, {
    sandbox,
    realNow: NOW,
    freshReadMinutes: 15,
  })
const TEST = 'Test it under Settings, Mailboxes.'
const fault = (says: string, fix: string) => [{ state: 'fault', says: `“Own”: ${says}`, fix }]

describe('what the doctor says of a mailbox', () => {
  it.each([
    ['one that is sound', { reader }, 'sends (tested 2026-03-02T08:00:00.000Z), last read 2026-03-02T08:58:00.000Z.'],
    ['one that nothing reads', {}, 'sends (tested 2026-03-02T08:00:00.000Z), nothing reads it.'],
    [
      'one that cools down',
      { health: 'cooling_down', coolDownUntil: minutesAgo(-30) },
      'waits until 2026-03-02T09:30:00.000Z by itself (tested 2026-03-02T08:00:00.000Z), nothing reads it.',
    ],
  ])('is no fault: %s', (_, changed, says) => {
    expect(findingsOf(changed)).toEqual([{ state: 'ok', says: `“Own”: ${says}` }])
  })

  it('is no fault of the sandbox inbox that nobody tested it', () => {
    expect(findingsOf({ kind: 'environment', testedAt: null }, true)).toEqual([
      { state: 'ok', says: '“Own”: keeps emails in the sandbox inbox.' },
    ])
    expect(findingsOf({ kind: 'environment', testedAt: null })).toEqual(
      fault('No sign-in to its server has succeeded yet.', TEST),
    )
  })

  it('is said once where the mailbox and its test say the same', () => {
    const message = 'The server refused the login.'
    const checks = [
      { name: 'smtp', outcome: 'wrong', message },
      { name: 'imap', outcome: 'missing', message: 'Nothing reads this mailbox.' },
      { name: 'spf', outcome: 'wrong', message: 'A matter of its domain.' },
    ]
    expect(findingsOf({ testedAt: null, healthReason: message, checks })).toEqual(fault(message, TEST))
  })

  it.each([
    [
      'a sign-in that has ended',
      { signIn: { endedReason: 'Consent was withdrawn.' } },
      'Consent was withdrawn.',
      'Sign in again under Settings, Mailboxes.',
    ],
    [
      'reading that has stopped',
      { reader: { ...reader, health: 'stopped', healthReason: 'The server refused the login.' } },
      'The server refused the login.',
      'Fix its settings for reading, then test it, under Settings, Mailboxes.',
    ],
    [
      'one that was never read',
      { reader: { ...reader, lastReadAt: null } },
      'It was not read for 600 minutes, so answers are not known and follow-ups wait.',
      `See that a worker is at work. ${TEST}`,
    ],
    [
      'copies that Sent does not take',
      { reader: { ...reader, copyFailure: 'over quota' } },
      'Copies of sent emails cannot be put into Sent: over quota',
      TEST,
    ],
    [
      'a part of its test that failed',
      { reader, checks: [{ name: 'folders', outcome: 'wrong', message: 'No Inbox was found.' }] },
      'No Inbox was found.',
      TEST,
    ],
  ])('is a fault: %s', (_, changed, says, fix) => {
    expect(findingsOf(changed)).toEqual(fault(says, fix))
  })
})

describe('what the doctor says of a domain', () => {
  const record = (name: string, outcome: string, details: unknown = null) => ({
    name,
    outcome,
    message: `${name} is ${outcome}.`,
    details,
  })
  it('is what was looked up last, once for all its mailboxes', () => {
    const records = [record('mx', 'ok'), record('spf', 'wrong'), record('spf', 'wrong'), record('dmarc', 'missing')]
    expect(domainFindings('nexa.example', records)).toEqual([
      { state: 'fault', says: 'nexa.example: spf is wrong.' },
      { state: 'fault', says: 'nexa.example: dmarc is missing.' },
    ])
    expect(domainFindings('nexa.example', [record('mx', 'ok'), record('dkim', 'unknown')])).toEqual([
      { state: 'ok', says: 'nexa.example: MX, DKIM were looked up.' },
    ])
  })
  it('is unknown before anybody looked', () => {
    expect(domainFindings('nexa.example', [record('smtp', 'ok')])).toEqual([
      {
        state: 'unknown',
        says: 'nexa.example: its records were never looked up. Open a mailbox under Settings, Mailboxes.',
      },
    ])
  })
})
