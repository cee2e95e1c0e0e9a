import fc from 'fast-check'
import { emailOf } from './book'
import { dateAfter, localDay } from './calendar'
import type { Door, Late } from './door'
import * as rules from './rules/campaigns'
import * as changes from './rules/changes'
import * as people from './rules/people'
import type { Batch, Campaign, Lead, Mailbox, Model } from './state'
import { CORRECTIONS, correctedEmail, LEADS, type World } from './world'

export type Real = { door: Door; world: World; late: { late: Late; batch: Batch }[] }

/** Something that a person asks for: the product and the rules answer alike whether it is done, and agree on what then is. */
export type Ask = {
  text: string
  real(real: Real, m: Model): Promise<boolean>
  rules(m: Model): boolean
}
const onCampaign = (index: number, does: (m: Model, c: Campaign) => boolean) => (m: Model) => {
  const campaign = m.campaigns.get(index)
  return campaign !== undefined && does(m, campaign)
}
const onLead = (number: number, does: (m: Model, lead: Lead) => boolean) => (m: Model) => {
  const lead = m.leads.get(number)
  return lead !== undefined && does(m, lead)
}

export const campaigns = fc.constantFrom(0, 1)
export const leads = fc.integer({ min: 0, max: LEADS - 1 })
export const batches = fc.constantFrom(0, 1)
const limits = fc.constantFrom(null, 1, 2, 3)
export const STATUSES = [
  'new',
  'contacted',
  'interested',
  'replied',
  'not_interested',
  'converted',
  'bounced',
  'unsubscribed',
] as const

export const doTo = (verb: 'start' | 'pause' | 'resume' | 'stop' | 'retryFailed', c: number): Ask => ({
  text: `${verb} ${c}`,
  real: ({ door }) => door[verb](c),
  rules: onCampaign(c, (m, campaign) =>
    verb === 'retryFailed' ? rules.retryFailed(m, campaign) : rules.act(verb, m, campaign),
  ),
})
export const byCampaign = (verb: Parameters<typeof doTo>[0]) => campaigns.map((c) => doTo(verb, c))

export const schedule = fc.tuple(campaigns, fc.constantFrom(-60, 60, 600, 3000)).map(
  ([c, minutes]): Ask => ({
    text: `schedule ${c} in ${minutes} min`,
    real: ({ door }, m) => door.schedule(c, m.now + minutes * 60_000),
    rules: onCampaign(c, (m, campaign) => rules.schedule(m, campaign, m.now + minutes * 60_000)),
  }),
)
export const takeBack = campaigns.map(
  (c): Ask => ({
    text: `take the start of ${c} back`,
    real: ({ door }) => door.schedule(c, null),
    rules: onCampaign(c, (m, campaign) => rules.schedule(m, campaign, null)),
  }),
)
export const edit = fc.tuple(campaigns, limits, fc.constantFrom([0], [1], [0, 1])).map(
  ([c, limit, chosen]): Ask => ({
    text: `edit ${c}: limit ${limit}, batches ${chosen}`,
    real: ({ door }) => door.edit(c, limit, chosen),
    rules: onCampaign(c, (m, campaign) => {
      if (campaign.status !== 'draft' || chosen.some((batch) => !m.batches.has(batch))) return false
      Object.assign(campaign, { limit, batches: chosen })
      return true
    }),
  }),
)
const changed = (
  text: string,
  c: number,
  change: (m: Model, campaign: Campaign, door: Door) => Promise<boolean>,
  does: (m: Model, campaign: Campaign) => boolean,
): Ask => ({
  text,
  real: async ({ door }, m) => {
    const campaign = m.campaigns.get(c)
    return campaign !== undefined && change(m, campaign, door)
  },
  rules: onCampaign(c, does),
})
/** The days of a campaign with another wait before a step, or one more step. */
const otherDays = ({ days }: Campaign, step: number, wait: number) =>
  step < days.length ? days.with(step, wait) : [...days, wait]
export const changedSteps = (c: number, step: number, wait: number): Ask =>
  changed(
    `${c} waits ${wait} days before step ${step + 1}`,
    c,
    (_, campaign, door) => door.changeSteps(c, otherDays(campaign, step, wait)),
    (m, campaign) => changes.changeSteps(m, campaign, otherDays(campaign, step, wait)),
  )
const changeSteps = fc
  .tuple(campaigns, fc.integer({ min: 1, max: 3 }), fc.constantFrom(1, 2, 4, 7))
  .map((drawn) => changedSteps(...drawn))
export const takenOut = (c: number, l: number): Ask =>
  changed(
    `take lead ${l} out of ${c}`,
    c,
    (_, __, door) => door.takeOut(c, l),
    (m, campaign) => onLead(l, (_, lead) => changes.takeOut(m, campaign, lead))(m),
  )
const putBackInto = (c: number, l: number): Ask =>
  changed(
    `put lead ${l} back into ${c}`,
    c,
    (_, __, door) => door.putBack(c, l),
    (m, campaign) => onLead(l, (_, lead) => changes.putBack(m, campaign, lead))(m),
  )
export const addedTo = (c: number, batch: number): Ask =>
  changed(
    `add batch ${batch} to ${c}`,
    c,
    (_, __, door) => door.addBatch(c, batch),
    (m, campaign) => changes.addBatch(m, campaign, batch),
  )
export const mailboxAddedTo = (c: number, index: number): Ask =>
  changed(
    `add mailbox ${index} to ${c}`,
    c,
    (m, _, door) => (m.boxes[index] ? door.addMailbox(c, index) : Promise.resolve(false)),
    (m, campaign) => {
      const box = m.boxes[index]
      return box !== undefined && changes.addMailbox(m, campaign, box)
    },
  )
/** Changes of campaigns that have started. */
export const change = fc.oneof(
  { weight: 4, arbitrary: changeSteps },
  { weight: 2, arbitrary: fc.tuple(campaigns, leads).map((drawn) => takenOut(...drawn)) },
  { weight: 2, arbitrary: fc.tuple(campaigns, leads).map((drawn) => putBackInto(...drawn)) },
  { weight: 1, arbitrary: fc.tuple(campaigns, batches).map((drawn) => addedTo(...drawn)) },
  { weight: 1, arbitrary: fc.tuple(campaigns, fc.constantFrom(0, 1)).map((drawn) => mailboxAddedTo(...drawn)) },
)
export const resolvedHeld = (c: number, choice: 'delivered' | 'again'): Ask => ({
  text: `resolve held of ${c}: ${choice}`,
  real: ({ door }) => door.resolveHeld(c, choice),
  rules: onCampaign(c, (m, campaign) => rules.resolveHeld(m, campaign, choice)),
})
export const resolveHeld = fc
  .tuple(campaigns, fc.constantFrom('delivered' as const, 'again' as const))
  .map(([c, choice]) => resolvedHeld(c, choice))
export const statusSet = (l: number, status: (typeof STATUSES)[number]): Ask => ({
  text: `lead ${l} is ${status}`,
  real: ({ door }) => door.setStatus(l, status),
  rules: onLead(l, (m, lead) => people.setStatus(m, lead, status)),
})
export const setStatus = fc.tuple(leads, fc.constantFrom(...STATUSES)).map((drawn) => statusSet(...drawn))
export const suppress = leads.map(
  (l): Ask => ({
    text: `suppress the address of lead ${l}`,
    real: async ({ door }, m) => (m.leads.has(l) ? door.suppress(m.leads.get(l)?.email ?? '') : false),
    rules: onLead(l, (m, { email }) => people.suppress(m, email)),
  }),
)
export const unsubscribed = (l: number, c: number): Ask => ({
  text: `lead ${l} unsubscribes by a link of ${c}`,
  real: async ({ door }, m) => (emailOf(m, `${c}/${l}/1`) ? door.unsubscribe(`${c}/${l}/1`) : false),
  rules: (m) => {
    const email = emailOf(m, `${c}/${l}/1`)
    return email !== undefined && people.unsubscribe(m, email)
  },
})
export const unsubscribe = fc.tuple(leads, campaigns).map((drawn) => unsubscribed(...drawn))
export const changeAddress = fc.tuple(leads, fc.integer({ min: 1, max: CORRECTIONS })).map(([l, n]): Ask => {
  const email = correctedEmail(l, n)
  const may = (m: Model) => !m.suppressed.has(email) && !m.erased.has(email)
  return {
    text: `the address of lead ${l} becomes ${email}`,
    real: async ({ door }, m) => (may(m) ? door.changeAddress(l, email) : false),
    rules: (m) => may(m) && onLead(l, (_, lead) => people.changeAddress(m, lead, email))(m),
  }
})
/** `days`: its first day, so many after today. */
type Grows = { start: number; step: number; days?: number }
export const saved = (index: number, limit: number | null, grows?: Grows | null): Ask => {
  const growth = (m: Model, { window: { zone } }: Mailbox) => {
    if (!grows) return grows
    const { days, ...steps } = grows
    return days === undefined ? steps : { ...steps, from: dateAfter(localDay(m.now, zone), days).day }
  }
  return {
    text: `save mailbox ${index}, limit ${limit}${grows === undefined ? '' : `, growing ${JSON.stringify(grows)}`}`,
    real: async ({ door, world }, m) => {
      const box = m.boxes[index]
      return box ? door.saveMailbox(world, index, { limit, ramp: growth(m, box) }) : false
    },
    rules: (m) => {
      const box = m.boxes[index]
      return box !== undefined && rules.saveMailbox(m, box, limit, growth(m, box))
    },
  }
}
export const withAddress = (there: boolean): Ask => ({
  text: there ? 'save the postal address' : 'take the postal address away',
  real: ({ door }) => door.saveAddress(there),
  rules: (m) => rules.saveAddress(m, there),
})
export const saveAddress = fc.constantFrom(true, true, false).map(withAddress)
const grows = fc.oneof(
  fc.constantFrom(undefined, undefined, null),
  fc.record({ start: fc.constantFrom(1, 1, 2, 3), step: fc.constantFrom(1, 2) }),
  fc.record({ start: fc.constantFrom(1, 2), step: fc.constantFrom(1, 2), days: fc.integer({ min: -3, max: 3 }) }),
)
export const saveMailbox = fc.tuple(fc.constantFrom(0, 1), limits, grows).map((drawn) => saved(...drawn))
export const remove = fc.oneof(
  {
    weight: 4,
    arbitrary: leads.map(
      (l): Ask => ({
        text: `delete lead ${l}`,
        real: ({ door }) => door.deleteLead(l),
        rules: onLead(l, people.deleteLead),
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: batches.map(
      (b): Ask => ({
        text: `delete batch ${b}`,
        real: ({ door }) => door.deleteBatch(b),
        rules: (m) => ![...m.campaigns.values()].some((c) => c.batches.includes(b)) && m.batches.delete(b),
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: campaigns.map(
      (c): Ask => ({
        text: `delete campaign ${c}`,
        real: ({ door }) => door.deleteCampaign(c),
        rules: onCampaign(c, (m, { status }) => status === 'draft' && m.campaigns.delete(c)),
      }),
    ),
  },
)

const FORBIDDING = ['not_interested', 'replied', 'unsubscribed', 'bounced'] as const
export const silenced = fc.tuple(leads, fc.constantFrom(...FORBIDDING)).map((drawn) => statusSet(...drawn))
