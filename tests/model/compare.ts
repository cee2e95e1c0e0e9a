import { Broken, emailsOf, keyOf } from './book'
import { noteEntered } from './counts'
import { holds } from './rules/campaigns'
import { contactOf } from './rules/sending'
import type { Seen } from './snapshot'
import type { Mailbox, Model } from './state'

/** Throws with every difference between what the rules say and what the database shows. */
export function compare(m: Model, seen: Seen): void {
  const should = inNumbers(m)
  const differences = [
    ...differ('email', each(should.emails, emailView), each(seen.emails, emailView)),
    ...differ('lead', should.leads, seen.leads),
    ...differ('mailbox', should.boxes, seen.boxes),
    ...differ('refusal of', should.refused, seen.refused),
    ...differ('campaign', each(should.campaigns, campaignView), each(seen.campaigns, campaignView)),
    ...differ('batch', should.batches, seen.batches),
    ...differ('reserved', should.reserved, seen.reserved),
    ...differ('hour', should.hours, seen.hours),
    ...differ('suppressed', each(should.suppressed, inObject), each(seen.suppressed, inObject)),
    ...differ('message', should.messages, seen.messages),
    ...unbalanced(seen),
  ]
  if (differences.length > 0) throw new Broken(differences.join('\n'))
  noteEntered(m)
}

/** The model as the database would show it: what it derives from its emails and claims is stored there. */
function inNumbers(m: Model): Seen {
  const campaigns = [...m.campaigns.values()]
  const boxView = ({ limit, ramp, health, coolUntil, failures, nextAt }: Mailbox) => {
    const growth = ramp && { start: ramp.start, step: ramp.step, from: ramp.from }
    return { limit, ramp: growth, health, coolUntil, failures, nextAt }
  }
  const reserved = Map.groupBy(
    m.claims.filter(({ counts }) => counts).flatMap(({ days }) => days),
    (day) => day,
  )
  return {
    ...{ hours: m.hours, suppressed: m.suppressed, reserved: each(reserved, ({ length }) => length) },
    emails: new Map(
      m.emails.map(({ campaign, lead, box, ...e }) => [keyOf({ campaign, lead, ...e }), { ...e, mailbox: box.number }]),
    ),
    leads: each(m.leads, (lead) => {
      const emailsSent = m.emails.filter((e) => e.lead === lead && e.status === 'sent').length
      const { email, status, company, awayUntil, writtenAt } = lead
      const written = writtenAt === null ? {} : { writtenAt }
      return { email, status, company, awayUntil, emailsSent, contactedAt: contactOf(m, lead) || null, ...written }
    }),
    boxes: new Map(m.boxes.map((box) => [box.number, boxView(box)])),
    refused: new Map(
      m.boxes.flatMap(({ refused }) =>
        [...refused].flatMap(([email, entry]) => (m.emails.includes(email) ? [[keyOf(email), entry] as const] : [])),
      ),
    ),
    campaigns: each(m.campaigns, (campaign) => {
      const { status, startsAt, limit, step, batches } = campaign
      const emails = emailsOf(m, campaign)
      return {
        ...{ status, startsAt, limit, step },
        open: holds(campaign) ? [...batches] : [],
        boxes: campaign.boxes.map(({ number }) => number),
        targeted: new Set(emails.map(({ lead }) => lead)).size,
        scheduled: emails.length,
        sent: emailsOf(m, campaign, 'sent').length,
        failed: emailsOf(m, campaign, 'failed').length,
      }
    }),
    messages: new Map(
      m.messages.flatMap(({ email, kind, sure }, number) =>
        m.leads.get(email.lead.number) === email.lead ? [[number, { kind, sure }] as const] : [],
      ),
    ),
    batches: new Map(
      [...m.batches].map(([batch, members]) => [
        batch,
        {
          holder: campaigns.find((c) => holds(c) && c.batches.includes(batch))?.number ?? null,
          leads: [...members].map(({ number }) => number).sort((a, b) => a - b),
        },
      ]),
    ),
  }
}

const each = <K, V, W>(map: ReadonlyMap<K, V>, view: (value: V) => W) =>
  new Map([...map].map(([key, value]) => [key, view(value)]))

type Of<M> = M extends Map<unknown, infer V> ? V : never
const inObject = <V>(by: V) => ({ by })
function emailView({ mailbox, due, status, tries, claim, sentAt, endedAt, arrived, to, ...email }: Of<Seen['emails']>) {
  return {
    ...{ mailbox, due, status, tries, claim, sentAt, endedAt, arrived, to },
    heldAt: status === 'held' ? email.heldAt : null,
    reason: status === 'failed' || status === 'held' || status === 'skipped' ? email.reason : null,
    wait: status === 'pending' ? email.wait : null,
  }
}
const campaignView = ({ open, ...campaign }: Of<Seen['campaigns']>) => ({ ...campaign, open: [...open].sort() })

function differ<K, V extends object | number>(
  what: string,
  expected: ReadonlyMap<K, V>,
  actual: ReadonlyMap<K, V>,
): string[] {
  const keys = new Set([...expected.keys(), ...actual.keys()])
  return [...keys].flatMap((key) => {
    const [is, should] = [actual.get(key), expected.get(key)]
    if (is === undefined) return [`${what} ${key} is missing`]
    if (should === undefined) return [`${what} ${key} should not be: ${JSON.stringify(is)}`]
    if (typeof is !== 'object' || typeof should !== 'object')
      return is === should ? [] : [`${what} ${key}: ${is}, by the rules ${should}`]
    const fields = new Map(Object.entries(is))
    return Object.entries(should)
      .filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(fields.get(field)))
      .map(
        ([field, value]) =>
          `${what} ${key} ${field}: ${inWords(field, fields.get(field))}, by the rules ${inWords(field, value)}`,
      )
  })
}

const inWords = (field: string, value: unknown) =>
  typeof value === 'number' && /due|At$|Until$/.test(field) ? new Date(value).toISOString() : JSON.stringify(value)

/** The ledger of each campaign, whatever the model says: planned is the sum of the states, and the counters are theirs. */
function unbalanced({ campaigns, emails }: Seen): string[] {
  return [...campaigns].flatMap(([index, { scheduled, sent, failed }]) => {
    const own = [...emails].flatMap(([key, email]) => (key.startsWith(`${index}/`) ? [email] : []))
    const by = (status: string) => own.filter((email) => email.status === status).length
    const holds = own.length === scheduled && by('sent') === sent && by('failed') === failed
    return holds
      ? []
      : [
          `campaign ${index} says ${scheduled} planned, ${sent} sent, ${failed} failed; there are ${own.length}, ${by('sent')}, ${by('failed')}`,
        ]
  })
}
