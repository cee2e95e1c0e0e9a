import { describe, expect, it } from 'vitest'
import { readMailbox } from '@/components/settings/mailboxes/mailbox-checks'
import { healthWords, usedWords } from '@/components/settings/mailboxes/mailbox-text'
import {
  clockOf,
  fittingWords,
  type MailboxValues,
  mailboxValues,
  newMailboxValues,
} from '@/components/settings/mailboxes/mailbox-values'

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

describe('the mailbox form', () => {
  it('reads numbers, times and empty fields', () => {
    expect(inputOf({ ...filled, dailyLimit: '', replyTo: ' ', windowDays: [5, 1] })).toMatchObject({
      dailyLimit: null,
      replyTo: null,
      smtpPort: 587,
      minGapSeconds: 60,
      windowDays: [1, 5],
      windowStartMinute: 540,
      windowEndMinute: 1020,
    })
  })

  it('keeps a stored password unless one is typed or the box is ticked', () => {
    expect(inputOf(filled)).not.toHaveProperty('smtpPassword')
    expect(inputOf({ ...filled, smtpPassword: ' a b ' }).smtpPassword).toBe(' a b ')
    expect(inputOf({ ...filled, removePassword: true }).smtpPassword).toBeNull()
  })

  it('takes midnight as the end of the day, and as its beginning', () => {
    const night = inputOf({ ...filled, windowStart: '18:30', windowEnd: '00:00' })
    expect([night.windowStartMinute, night.windowEndMinute]).toEqual([1110, 1440])
    const morning = inputOf({ ...filled, windowStart: '00:00', windowEnd: '06:00' })
    expect([morning.windowStartMinute, morning.windowEndMinute]).toEqual([0, 360])
    const always = inputOf({ ...filled, allDay: true, windowStart: '', windowEnd: '' })
    expect([always.windowStartMinute, always.windowEndMinute]).toEqual([0, 1440])
  })

  it('says what to mend, in plain words and beside the field', () => {
    expect(errorsOf(newMailboxValues('UTC'))).toEqual({
      name: 'Give it a name you will know it by.',
      fromName: 'Recipients see this name: enter one.',
      fromEmail: 'Enter an email address, such as sales@company.com.',
      smtpHost: 'Enter the name of the server, such as smtp.company.com.',
    })
    expect(Object.keys(errorsOf({ ...filled, minGapSeconds: '1.5', smtpPort: '', dailyLimit: '0' }))).toEqual([
      'smtpPort',
      'dailyLimit',
      'minGapSeconds',
    ])
    expect(errorsOf({ ...filled, windowStart: '17:00', windowEnd: '09:00' }).windowEnd).toMatch(/must end after/)
    expect(errorsOf({ ...filled, windowStart: '22:00', windowEnd: '02:00' }).windowEnd).toBe(
      'The window must end after it opens, by midnight at the latest. For a whole day, tick the box. ' +
        'For hours past midnight, choose the recipients’ time zone: 22:00 to 02:00 in Berlin is 16:00 to 20:00 in New York.',
    )
    expect(errorsOf({ ...filled, windowStart: '17:00', windowEnd: '17:00' }).windowEnd).toMatch(/tick the box\.$/)
    expect(errorsOf({ ...filled, windowStart: '' }).windowStart).toBe('Enter a time, such as 09:00.')
    expect(errorsOf({ ...filled, windowDays: [] }).windowDays).toMatch(/at least one weekday/)
  })

  it('takes addresses and hosts at domains of any script, as they go over the wire', () => {
    const typed = {
      fromEmail: ' Vertrieb@Müller.example ',
      replyTo: 'hallo@кафе.example',
      smtpHost: 'smtp.müller.example',
    }
    expect(readMailbox({ ...filled, ...typed, greetingName: 'crm.müller.example' }, NOW)).toMatchObject({
      ok: true,
      input: {
        fromEmail: 'Vertrieb@xn--mller-kva.example',
        replyTo: 'hallo@xn--80akn5b.example',
        smtpHost: 'smtp.xn--mller-kva.example',
        greetingName: 'crm.xn--mller-kva.example',
      },
    })
    for (const fromEmail of ['müller.example', 'a@müller', 'a@mü ller.example', 'müller@müller.example'])
      expect(errorsOf({ ...filled, fromEmail }).fromEmail).toMatch(/^Enter an email address/)
  })

  it('reads holidays however they are parted, and refuses what is no date', () => {
    expect(inputOf({ ...filled, holidays: '2027-01-01, 2026-12-25\n2026-12-25 ' }).holidays).toEqual([
      '2026-12-25',
      '2027-01-01',
    ])
    expect(errorsOf({ ...filled, holidays: '2026-02-30' }).holidays).toMatch(/One date a line/)
  })

  it('asks for no server where the environment names it', () => {
    expect(inputOf({ ...filled, kind: 'environment', smtpHost: '', smtpPort: '' })).toMatchObject({ smtpPort: null })
  })

  it('shows a stored mailbox as it is saved again', () => {
    const { smtpPassword: _password, ...input } = inputOf({ ...filled, windowEnd: '00:00', holidays: '2026-12-25' })
    const stored = {
      ...input,
      replyTo: null,
      signature: null,
      smtpHost: input.smtpHost ?? null,
      smtpPort: input.smtpPort ?? null,
      smtpUser: null,
      dailyLimit: input.dailyLimit ?? null,
      aliases: [],
      rampStart: null,
      rampStep: null,
      rampFrom: null,
      id: 'one',
      health: 'ready' as const,
      healthReason: null,
      greetingName: null,
      firstStepsPausedUntil: null,
      coolDownUntil: null,
      troubleCount: 0,
      connectionLimit: null,
      testedAt: null,
      tested: false,
      repliesGoElsewhere: false,
      goesOut: true,
      nextSendAt: null,
      createdAt: new Date(0),
      updatedAt: new Date(0),
      hasPassword: true,
      sentToday: 0,
      limitToday: input.dailyLimit ?? null,
      rampEndsOn: null,
      reader: null,
      checks: [],
      signIn: null,
      replies: { written: 0, pending: 0, sending: 0, held: 0, sent: 0, failed: 0, cancelled: 0 },
    }
    expect(inputOf(mailboxValues(stored))).toEqual(input)
  })

  it('begins slowly only where that is chosen, with what is to be fixed beside its field', () => {
    const typed = {
      ...newMailboxValues('UTC'),
      name: 'a',
      fromName: 'a',
      fromEmail: 'a@nexa.example',
      smtpHost: 's.nexa.example',
    }
    const read = (change: Partial<typeof typed>) => readMailbox({ ...typed, ...change }, new Date(0))
    expect(read({})).toMatchObject({ ok: true, input: { ramp: null } })
    expect(read({ rampUp: true })).toMatchObject({ ok: true, input: { ramp: { start: 10, step: 5 } } })
    const from = '2026-03-09'
    expect(read({ rampUp: true, rampFrom: from })).toMatchObject({ ok: true, input: { ramp: { from } } })
    const wrong = { rampUp: true, rampStart: '60', rampStep: '' }
    expect(read(wrong)).toMatchObject({ ok: false, errors: { rampStep: 'A whole number from 1 to 100,000.' } })
    expect(read({ ...wrong, rampStep: '5' })).toMatchObject({
      ok: false,
      errors: { rampStart: 'A whole number from 1 to the daily limit, which a ramp-up needs.' },
    })
  })

  it('writes minutes as clocks', () => {
    expect([0, 540, 1439, 1440].map(clockOf)).toEqual(['00:00', '09:00', '23:59', '00:00'])
  })
})

it('measures what was sent today by what comes first, limit or gap', () => {
  const box = { sentToday: 3, dailyLimit: 200, minGapSeconds: 1800, gapJitterSeconds: 0 }
  const office = { windowStartMinute: 540, windowEndMinute: 1020 }
  expect(usedWords({ ...box, ...office })).toBe('3 of 16')
  expect(usedWords({ ...box, ...office, minGapSeconds: 0 })).toBe('3 of 200')
  expect(usedWords({ ...box, ...office, minGapSeconds: 0, dailyLimit: null })).toBe('3')
})

it('calls a mailbox ready only once a login succeeded', () => {
  const box = { health: 'ready' as const, tested: false, healthReason: null }
  expect(healthWords(box)).toMatchObject({ word: 'Not tested yet', tone: 'held' })
  expect(healthWords({ ...box, healthReason: 'The password is wrong.' })).toMatchObject({ word: 'Test failed' })
  expect(healthWords({ ...box, tested: true })).toMatchObject({ word: 'Ready', tone: 'sent' })
  expect(healthWords({ ...box, health: 'stopped' })).toMatchObject({ word: 'Stopped' })
})

it.each([
  [
    { dailyLimit: '200', minGapSeconds: '1800', gapJitterSeconds: '0' },
    'With this gap 16 emails fit into a day; the limit of 200 is never reached.',
  ],
  [
    { dailyLimit: '50', minGapSeconds: '60', gapJitterSeconds: '30' },
    'With this gap 384 emails fit into a day; the limit of 50 is reached first.',
  ],
  [
    { dailyLimit: '', minGapSeconds: '3600', gapJitterSeconds: '0', windowEnd: '09:30' },
    'With this gap 1 email fits into a day.',
  ],
  [
    { dailyLimit: '', minGapSeconds: '120', gapJitterSeconds: '0', allDay: true },
    'With this gap 720 emails fit into a day.',
  ],
  [{ dailyLimit: '50', minGapSeconds: '0', gapJitterSeconds: '30' }, null],
  [{ dailyLimit: '50', minGapSeconds: '', gapJitterSeconds: '30' }, null],
  [{ dailyLimit: '50', minGapSeconds: '60', windowStart: '17:00', windowEnd: '09:00' }, null],
])('says how many emails fit into a day with the gap that is typed: %o', (typed, words) => {
  expect(fittingWords({ ...filled, ...typed })).toBe(words)
})
