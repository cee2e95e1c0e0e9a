import fc from 'fast-check'
import type { MailboxInput } from '@/domain/mailbox/mailbox-input'
import { dateAfter, localDay } from './calendar'
import type { Campaign, Lead, Mailbox, Model, Ramp, Settings } from './state'
import type { Window } from './window'

export type World = {
  startsAt: number
  /** What chance always says, in [0, 1). */
  chance: number
  leads: number
  settings: Pick<Settings, 'maxAttempts' | 'heldHours' | 'heldChoice'>
  mailboxes: readonly [WorldMailbox, ...WorldMailbox[]]
  batches: number[][]
  campaigns: {
    zone: string
    days: readonly number[]
    limit: number | null
    batches: readonly number[]
    mailboxes: readonly number[]
    stopCompany: boolean
  }[]
}
type WorldMailbox = {
  limit: number | null
  ramp: Ramp | null
  connections: number
  gap: number
  window: Window
  reads: boolean
}

/** What the machine's clock shows at the beginning. */
export const REAL_START = Date.UTC(2026, 0, 1)

/** Two leads share a company. */
export const leadEmail = (index: number) => `lead${index}@company${index % 3}.example`

export const correctedEmail = (index: number, n: number) => `corrected${n}@lead${index}.example`
/** What addresses are made with: numbers of leads, and of their corrections. */
export const LEADS = 6
export const CORRECTIONS = 99

// Before Europe and New York change their clocks, in spring and in autumn, and on an ordinary Monday.
const STARTS = ['2026-03-02T09:00:00Z', '2026-03-27T22:30:00Z', '2026-10-23T08:00:00Z', '2026-10-30T21:00:00Z']
const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York']
const ALL_DAYS = [1, 2, 3, 4, 5, 6, 7]

const limit = fc.oneof(
  { weight: 2, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.integer({ min: 2, max: 4 }) },
)
const mailbox = fc
  .record({
    limit,
    connections: fc.constantFrom(8, 8, 1),
    reads: fc.constantFrom(true, true, false),
    gap: fc.constantFrom(0, 0, 0, 0, 120_000),
    zone: fc.constantFrom(...ZONES),
    office: fc.constantFrom(false, false, false, true),
    // Numbers of days after the start.
    holidays: fc.constantFrom([], [], [1], [2, 3]),
    growth: fc.option(
      fc.record({
        start: fc.constantFrom(1, 2),
        step: fc.constantFrom(1, 2),
        days: fc.integer({ min: -3, max: 2 }),
      }),
      { freq: 2 },
    ),
  })
  .map(({ zone, office, limit: most, ...rest }) => {
    const hours = office ? { days: [1, 2, 3, 4, 5], from: 8, to: 18 } : { days: ALL_DAYS, from: 0, to: 24 }
    // One that grows grows to something.
    return { ...rest, limit: most ?? (rest.growth && 4), window: { zone, ...hours } }
  })
const dated = (
  { holidays, growth, window, ...rest }: typeof mailbox extends fc.Arbitrary<infer T> ? T : never,
  startsAt: number,
): WorldMailbox => {
  const on = (days: number) => dateAfter(localDay(startsAt, window.zone), days).day
  const ramp = growth && { start: growth.start, step: growth.step, from: on(growth.days) }
  return { ...rest, ramp, window: { ...window, holidays: holidays.map(on) } }
}

/** Small worlds: two campaigns over the same three to five leads, one or two mailboxes, limits that bind. */
export const worlds: fc.Arbitrary<World> = fc
  .record({
    startsAt: fc.constantFrom(...STARTS.map((at) => Date.parse(at))),
    chance: fc.constantFrom(0.5, 0, 0.25, 0.875),
    leads: fc.integer({ min: 3, max: 5 }),
    settings: fc.record({
      maxAttempts: fc.constantFrom(3, 2),
      heldHours: fc.constantFrom(24, 72),
      heldChoice: fc.constantFrom('delivered' as const, 'again' as const),
    }),
    mailboxes: fc.tuple(mailbox, fc.option(mailbox, { nil: undefined })),
    second: fc.integer({ min: 1, max: 31 }),
    apart: fc.boolean(),
    campaigns: fc.tuple(
      ...[0, 1].map((index) =>
        fc.record({
          zone: fc.constantFrom(...ZONES),
          days: fc.constantFrom([0, 1], [0, 2], [0, 1, 1], [0, 1, 3], [0]),
          limit,
          batches: fc.constantFrom([index], [index], [index], [0, 1]),
          mailboxes: fc.constantFrom([index], [0], [1], [0, 1]),
          stopCompany: fc.constantFrom(false, false, true),
        }),
      ),
    ),
  })
  .map(({ second, apart, mailboxes: [first, other], ...world }) => {
    const everybody = Array.from({ length: world.leads }, (_, i) => i)
    const some = everybody.filter((lead) => (second >> lead) % 2 === 1)
    const mailboxes: World['mailboxes'] = other
      ? [dated(first, world.startsAt), dated(other, world.startsAt)]
      : [dated(first, world.startsAt)]
    const known = (indexes: readonly number[]) => [
      ...new Set(indexes.map((index) => Math.min(index, mailboxes.length - 1))),
    ]
    return {
      ...world,
      mailboxes,
      batches: [apart ? everybody.slice(0, -1) : everybody, some.length > 0 ? some : everybody],
      campaigns: world.campaigns.map((campaign) => ({ ...campaign, mailboxes: known(campaign.mailboxes) })),
    }
  })

/** The model of a world in which nothing has happened yet. */
export function modelOf(world: World): Model {
  const leads = Array.from({ length: world.leads }, (_, number): Lead => {
    const nothing = { contactedAt: null, company: null, awayUntil: null, writtenAt: null }
    return { number, email: leadEmail(number), status: 'new', ...nothing }
  })
  const boxes = world.mailboxes.map(({ limit: most, ramp, gap, window, reads }, number): Mailbox => {
    const well = { health: 'ready', coolUntil: null, failures: 0, nextAt: null, saves: 0, refused: new Map() }
    return { number, limit: most, ramp, gap, window, reads, readAt: reads ? REAL_START : null, ...well }
  })
  const campaigns = world.campaigns.map(({ mailboxes, ...campaign }, number): Campaign => {
    const begun = { status: 'draft' as const, startsAt: null, resumedAt: null, step: 1, stopped: false }
    const own = { boxes: boxes.filter((box) => mailboxes.includes(box.number)), out: new Map<Lead, number>() }
    return { number, ...campaign, ...own, ...begun }
  })
  return {
    now: world.startsAt,
    real: REAL_START,
    chance: world.chance,
    settings: { ...world.settings, address: true, saves: 0 },
    leads: new Map(leads.map((lead) => [lead.number, lead])),
    boxes,
    campaigns: new Map(campaigns.map((campaign) => [campaign.number, campaign])),
    batches: new Map(
      world.batches.map((members, index) => [index, new Set(leads.filter(({ number }) => members.includes(number)))]),
    ),
    ...{
      emails: [],
      claims: [],
      messages: [],
      imports: [],
      acts: [],
      suppressed: new Map(),
      hours: new Map(),
      entered: new Map(),
      erased: new Map(),
    },
  }
}

/** What a person enters of a mailbox; its server is the one on loopback. */
export function mailboxInput(
  world: World,
  index: number,
  { limit: most, ramp, port }: Pick<MailboxInput, 'ramp'> & { limit: number | null; port: number },
) {
  const { connections, gap, window } = world.mailboxes[index] ?? world.mailboxes[0]
  return {
    name: `Mailbox ${index}`,
    kind: 'smtp' as const,
    fromName: 'Ada',
    fromEmail: `ada${index}@sender.example`,
    smtpHost: '127.0.0.1',
    smtpPort: port,
    smtpSecurity: 'none' as const,
    smtpUser: 'ada',
    smtpPassword: 'secret',
    maxConnections: connections,
    dailyLimit: most,
    ramp,
    minGapSeconds: gap / 1000,
    gapJitterSeconds: gap / 1000,
    timezone: window.zone,
    windowDays: [...window.days],
    windowStartMinute: window.from * 60,
    windowEndMinute: window.to * 60,
    holidays: [...window.holidays],
  }
}
