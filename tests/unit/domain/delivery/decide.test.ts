import { describe, expect, it } from 'vitest'
import { decide, type EmailFacts } from '@/domain/delivery/decide'
import { LEAD_STATUSES } from '@/domain/lead/status'
import { alwaysOpen } from '@/domain/time/window'

const now = new Date('2026-03-02T09:00:00Z')
const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000)
const inHours = (hours: number) => ago(-hours)
const free: EmailFacts = {
  campaignStatus: 'running',
  campaignTimezone: 'UTC',
  continueAfterReply: false,
  scheduledFor: now,
  isFirstStep: true,
  previousStep: null,
  lead: {
    status: 'new',
    email: 'ada@customer.example',
    emailValid: true,
    suppressed: false,
    takenOut: false,
    lastContactedAt: null,
    awayUntil: null,
  },
  mailbox: {
    window: alwaysOpen('UTC'),
    health: 'ready',
    healthReason: null,
    coolDownUntil: null,
    nextSendAt: null,
    firstStepsPausedUntil: null,
    answersRead: null,
  },
  hasPostalAddress: true,
  leftToday: { mailbox: null, campaign: null },
}
const lead = (facts: Partial<EmailFacts['lead']>): EmailFacts => ({ ...free, lead: { ...free.lead, ...facts } })
const mailbox = (facts: Partial<EmailFacts['mailbox']>): EmailFacts => ({
  ...free,
  mailbox: { ...free.mailbox, ...facts },
})
const night = { timezone: 'UTC', days: [1, 2, 3, 4, 5], startMinute: 1260, endMinute: 1320, holidays: [] }

describe('decide', () => {
  it('sends when nothing speaks against it', () => {
    expect(decide(free, now)).toEqual({ kind: 'send' })
  })

  it.each([
    [
      'a paused campaign',
      { ...free, campaignStatus: 'paused' } as EmailFacts,
      { kind: 'wait', reason: 'campaign_not_running' },
    ],
    ['a lead that was taken out of the campaign', lead({ takenOut: true }), { kind: 'skip', reason: 'taken_out' }],
    ['a lead that said no', lead({ status: 'not_interested' }), { kind: 'skip', reason: 'lead_unmailable' }],
    ['a lead that replied', lead({ status: 'replied' }), { kind: 'skip', reason: 'lead_replied' }],
    ['a lead that is interested', lead({ status: 'interested' }), { kind: 'skip', reason: 'lead_replied' }],
    ['a suppressed address', lead({ suppressed: true }), { kind: 'skip', reason: 'suppressed' }],
    ['an invalid address', lead({ emailValid: false }), { kind: 'skip', reason: 'address_invalid' }],
    [
      'a held step before',
      { ...free, previousStep: 'held' } as EmailFacts,
      { kind: 'wait', reason: 'previous_step_open' },
    ],
    [
      'a failed step before',
      { ...free, previousStep: 'failed' } as EmailFacts,
      { kind: 'skip', reason: 'previous_step_not_delivered' },
    ],
    ['a later due time', { ...free, scheduledFor: inHours(1) }, { kind: 'wait', reason: 'not_due' }],
    [
      'a contact 23 h ago',
      lead({ lastContactedAt: ago(23) }),
      { kind: 'defer', reason: 'contacted_recently', until: inHours(1) },
    ],
    [
      'a lead that is away',
      lead({ awayUntil: inHours(50) }),
      { kind: 'defer', reason: 'lead_away', until: inHours(50) },
    ],
    [
      'a lead that comes back when the window is closed',
      { ...mailbox({ window: night }), lead: { ...free.lead, awayUntil: inHours(20) } },
      { kind: 'defer', reason: 'lead_away', until: new Date('2026-03-03T21:00:00Z') },
    ],
    [
      'a closed window',
      mailbox({ window: night }),
      { kind: 'defer', reason: 'window_closed', until: new Date('2026-03-02T21:00:00Z') },
    ],
    ['a stopped mailbox', mailbox({ health: 'stopped' }), { kind: 'wait', reason: 'mailbox_stopped' }],
    [
      'a cooling mailbox',
      mailbox({ health: 'cooling_down', coolDownUntil: inHours(2) }),
      { kind: 'defer', reason: 'mailbox_cooling_down', until: inHours(2) },
    ],
    [
      'too many bounces',
      mailbox({ firstStepsPausedUntil: inHours(3) }),
      { kind: 'defer', reason: 'bounce_rate', until: inHours(3) },
    ],
    [
      'a follow-up whose mailbox was not read lately',
      { ...mailbox({ answersRead: false }), isFirstStep: false, previousStep: 'sent' } as EmailFacts,
      { kind: 'defer', reason: 'answers_not_read', until: inHours(1 / 12) },
    ],
    [
      "a used-up mailbox's limit",
      { ...free, leftToday: { mailbox: 0, campaign: null } },
      { kind: 'defer', reason: 'mailbox_limit', until: new Date('2026-03-03T00:00:00Z') },
    ],
    [
      "a used-up campaign's limit",
      { ...free, leftToday: { mailbox: 5, campaign: 0 } },
      { kind: 'defer', reason: 'campaign_limit' },
    ],
    ['the pace', mailbox({ nextSendAt: inHours(0.01) }), { kind: 'defer', reason: 'pace', until: inHours(0.01) }],
  ])('holds back for %s', (_name, facts, expected) => {
    expect(decide(facts, now)).toMatchObject(expected)
  })

  type Change = Partial<Omit<EmailFacts, 'lead' | 'mailbox' | 'leftToday'>> & {
    lead?: Partial<EmailFacts['lead']>
    mailbox?: Partial<EmailFacts['mailbox']>
    leftToday?: Partial<EmailFacts['leftToday']>
  }
  /** Every gate, in the order in which they are asked, with what closes it. */
  const GATES: readonly [reason: string, closed: Change][] = [
    ['campaign_not_running', { campaignStatus: 'paused' }],
    ['taken_out', { lead: { takenOut: true } }],
    ['lead_unmailable', { lead: { status: 'unsubscribed' } }],
    ['suppressed', { lead: { suppressed: true } }],
    ['address_invalid', { lead: { emailValid: false } }],
    ['previous_step_open', { previousStep: 'pending' }],
    ['previous_step_not_delivered', { previousStep: 'failed' }],
    ['not_due', { scheduledFor: inHours(1) }],
    ['contacted_recently', { lead: { lastContactedAt: ago(1) } }],
    ['lead_away', { lead: { awayUntil: inHours(50) } }],
    ['window_closed', { mailbox: { window: night } }],
    ['no_postal_address', { hasPostalAddress: false }],
    ['mailbox_stopped', { mailbox: { health: 'stopped' } }],
    ['mailbox_cooling_down', { mailbox: { health: 'cooling_down', coolDownUntil: inHours(2) } }],
    ['bounce_rate', { isFirstStep: true, mailbox: { firstStepsPausedUntil: inHours(3) } }],
    ['answers_not_read', { isFirstStep: false, mailbox: { answersRead: false } }],
    ['mailbox_limit', { leftToday: { mailbox: 0 } }],
    ['campaign_limit', { leftToday: { campaign: 0 } }],
    ['pace', { mailbox: { nextSendAt: inHours(0.01) } }],
  ]
  const closing = (gates: typeof GATES): EmailFacts => {
    let facts = free
    // From the last to the first: where two gates read the same fact, it closes the one in front.
    for (const [, { lead, mailbox, leftToday, ...rest }] of gates.toReversed()) {
      facts = {
        ...facts,
        ...rest,
        lead: { ...facts.lead, ...lead },
        mailbox: { ...facts.mailbox, ...mailbox },
        leftToday: { ...facts.leftToday, ...leftToday },
      }
    }
    return facts
  }

  it.each(GATES.map(([reason], i) => [reason, i] as const))(
    'the first of several closed gates counts: %s before all that follow',
    (reason, i) => expect(decide(closing(GATES.slice(i)), now)).toMatchObject({ reason }),
  )

  it("waits for the next day of the limit's own zone: the campaign's for its limit, the mailbox's for the mailbox's", () => {
    const facts = { ...free, campaignTimezone: 'America/New_York', leftToday: { mailbox: 5, campaign: 0 } }
    expect(decide(facts, now)).toMatchObject({ reason: 'campaign_limit', until: new Date('2026-03-03T05:00:00Z') })
    const both = { ...facts, leftToday: { mailbox: 0, campaign: 0 } }
    expect(decide(both, now)).toMatchObject({ reason: 'mailbox_limit', until: new Date('2026-03-03T00:00:00Z') })
  })

  it('sends follow-ups while first emails pause for bounces, and first emails when the pause is over', () => {
    const paused = mailbox({ firstStepsPausedUntil: inHours(3) })
    expect(decide({ ...paused, isFirstStep: false, previousStep: 'sent' }, now)).toEqual({ kind: 'send' })
    expect(decide(mailbox({ firstStepsPausedUntil: now }), now)).toEqual({ kind: 'send' })
  })

  it('after a reply sends where the campaign goes on, and to nobody who said no', () => {
    const goesOn = { ...free, continueAfterReply: true }
    const skipped = LEAD_STATUSES.filter(
      (status) => decide({ ...goesOn, lead: { ...free.lead, status } }, now).kind === 'skip',
    )
    expect(skipped).toEqual(['not_interested', 'converted', 'invalid', 'unsubscribed', 'bounced'])
  })

  it('sends first emails unread, follow-ups once answers were read, and both where nothing can read them', () => {
    const followUp = { isFirstStep: false, previousStep: 'sent' } as const
    expect(decide(mailbox({ answersRead: false }), now)).toEqual({ kind: 'send' })
    expect(decide({ ...mailbox({ answersRead: true }), ...followUp }, now)).toEqual({ kind: 'send' })
    expect(decide({ ...mailbox({ answersRead: null }), ...followUp }, now)).toEqual({ kind: 'send' })
    expect(decide(lead({ awayUntil: now }), now)).toEqual({ kind: 'send' })
  })

  it('sends exactly 24 h after the last contact, and once a cool-down is over', () => {
    expect(decide(lead({ lastContactedAt: ago(24) }), now)).toEqual({ kind: 'send' })
    expect(decide(mailbox({ health: 'cooling_down', coolDownUntil: now }), now)).toEqual({ kind: 'send' })
  })
})
