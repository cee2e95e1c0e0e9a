import fc from 'fast-check'
import type { Door, Late } from './door'
import * as moves from './moves'
import * as people from './people'
import type { Batch } from './rules'
import type { Model, Seen } from './state'
import type { World } from './world'

export type Real = { door: Door; world: World; late: { late: Late; batch: Batch }[] }

/** Something that a person asks for: the product and the rules answer alike whether it is done, and agree on what then is. */
export type Ask = {
  text: string
  real(real: Real, m: Model): Promise<boolean>
  rules(m: Model, seen: Seen): boolean
}

export const campaigns = fc.constantFrom(0, 1)
export const leads = fc.integer({ min: 0, max: 5 })
const batches = fc.constantFrom(0, 1)
const limits = fc.constantFrom(null, 1, 2, 3)
const STATUSES = [
  'new',
  'contacted',
  'interested',
  'replied',
  'not_interested',
  'converted',
  'bounced',
  'unsubscribed',
] as const

const { start: begin, pause, resume, stop, retryFailed } = moves
const VERBS = { start: begin, pause, resume, stop, retryFailed }
export const doTo = (verb: keyof typeof VERBS, c: number): Ask => ({
  text: `${verb} ${c}`,
  real: ({ door }) => door[verb](c),
  rules: (m, seen) => VERBS[verb](m, c, seen),
})
export const byCampaign = (verb: keyof typeof VERBS) => campaigns.map((c) => doTo(verb, c))

export const schedule = fc.tuple(campaigns, fc.constantFrom(-60, 60, 600, 3000)).map(
  ([c, minutes]): Ask => ({
    text: `schedule ${c} in ${minutes} min`,
    real: ({ door }, m) => door.schedule(c, m.now + minutes * 60_000),
    rules: (m) => moves.schedule(m, c, m.now + minutes * 60_000),
  }),
)
export const takeBack = campaigns.map(
  (c): Ask => ({
    text: `take the start of ${c} back`,
    real: ({ door }) => door.schedule(c, null),
    rules: (m) => moves.takeBack(m, c),
  }),
)
export const edit = fc.tuple(campaigns, limits, fc.constantFrom([0], [1], [0, 1])).map(
  ([c, limit, chosen]): Ask => ({
    text: `edit ${c}: limit ${limit}, batches ${chosen}`,
    real: ({ door }) => door.edit(c, limit, chosen),
    rules: (m) => {
      const campaign = m.campaigns.get(c)
      if (campaign?.status !== 'draft' || chosen.some((batch) => !m.batches.has(batch))) return false
      Object.assign(campaign, { limit, batches: chosen })
      return true
    },
  }),
)
export const resolvedHeld = (c: number, choice: 'delivered' | 'again'): Ask => ({
  text: `resolve held of ${c}: ${choice}`,
  real: ({ door }) => door.resolveHeld(c, choice),
  rules: (m) => moves.resolveHeld(m, c, choice),
})
export const resolveHeld = fc
  .tuple(campaigns, fc.constantFrom('delivered' as const, 'again' as const))
  .map(([c, choice]) => resolvedHeld(c, choice))
export const setStatus = fc.tuple(leads, fc.constantFrom(...STATUSES)).map(
  ([l, status]): Ask => ({
    text: `lead ${l} is ${status}`,
    real: ({ door }) => door.setStatus(l, status),
    rules: (m) => people.setStatus(m, l, status),
  }),
)
export const suppress = leads.map(
  (l): Ask => ({
    text: `suppress the address of lead ${l}`,
    real: async ({ door }, m) => (m.leads.has(l) ? door.suppress(m.leads.get(l)?.email ?? '') : false),
    rules: (m) => (m.leads.has(l) ? people.suppress(m, m.leads.get(l)?.email ?? '') : false),
  }),
)
export const unsubscribe = fc.tuple(leads, campaigns).map(
  ([l, c]): Ask => ({
    text: `lead ${l} unsubscribes by a link of ${c}`,
    real: async ({ door }, m) => (m.emails.has(`${c}/${l}/1`) ? door.unsubscribe(`${c}/${l}/1`) : false),
    rules: (m) => (m.emails.has(`${c}/${l}/1`) ? people.unsubscribe(m, `${c}/${l}/1`, l) : false),
  }),
)
export const changeAddress = fc.tuple(leads, fc.integer({ min: 1, max: 99 })).map(([l, n]): Ask => {
  const email = `corrected${n}@lead${l}.example`
  const may = (m: Model) => !m.suppressed.has(email) && !m.erased.has(email)
  return {
    text: `the address of lead ${l} becomes ${email}`,
    real: async ({ door }, m) => (may(m) ? door.changeAddress(l, email) : false),
    rules: (m) => (may(m) ? people.changeAddress(m, l, email) : false),
  }
})
export const importRow = fc.tuple(leads, batches).map(([l, batch]): Ask => {
  const row = (m: Model) => ({
    email: m.leads.get(l)?.email ?? `lead${l}@company${l}.example`,
    company: `Company ${l}`,
  })
  // Nobody comes back under the number of a lead that was deleted.
  const may = (m: Model) => m.leads.has(l) || l > Math.max(-1, ...m.leads.keys())
  return {
    text: `import lead ${l} into batch ${batch}`,
    real: async ({ door }, m) => (may(m) ? door.importRow(batch, row(m), l) : false),
    rules: (m) => (may(m) ? people.importRow(m, batch, row(m)) : false),
  }
})
export const saved = (index: number, limit: number | null): Ask => ({
  text: `save mailbox ${index}, limit ${limit}`,
  real: async ({ door, world }, m) => (m.mailboxes[index] ? door.saveMailbox(world, index, limit) : false),
  rules: (m) => {
    const box = m.mailboxes[index]
    if (box) Object.assign(box, { limit, health: 'ready', coolUntil: null, failures: 0, saves: box.saves + 1 })
    return Boolean(box)
  },
})
export const saveMailbox = fc.tuple(fc.constantFrom(0, 1), limits).map(([index, limit]) => saved(index, limit))
export const remove = fc.oneof(
  {
    weight: 4,
    arbitrary: leads.map(
      (l): Ask => ({
        text: `delete lead ${l}`,
        real: ({ door }) => door.deleteLead(l),
        rules: (m) => people.deleteLead(m, l),
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
        rules: (m) => m.campaigns.get(c)?.status === 'draft' && m.campaigns.delete(c),
      }),
    ),
  },
)

const FORBIDDING = ['not_interested', 'replied', 'unsubscribed', 'bounced'] as const
export const silenced = fc.tuple(leads, fc.constantFrom(...FORBIDDING)).map(
  ([l, status]): Ask => ({
    text: `lead ${l} is ${status}`,
    real: ({ door }) => door.setStatus(l, status),
    rules: (m) => people.setStatus(m, l, status),
  }),
)
