import { noteEntered } from './counts'
import { Broken } from './rules'
import type { Email, Model, Seen } from './state'

/** Throws with every difference between what the rules say and what the database shows. */
export function compare(m: Model, seen: Seen): void {
  const differences = [
    ...differ('email', each(m.emails, emailView), each(seen.emails, emailView)),
    ...differ('lead', m.leads, seen.leads),
    ...differ('mailbox', new Map(m.mailboxes.map(boxView).entries()), new Map(seen.mailboxes.map(boxView).entries())),
    ...differ(
      'campaign',
      each(m.campaigns, (c) => campaignView(c, m)),
      each(seen.campaigns, (c) => campaignView(c, m)),
    ),
    ...differ('batch', m.batches, seen.batches),
    ...differ('reserved', new Map([...m.reserved].filter(([, n]) => n > 0)), seen.reserved),
    ...differ('hour', m.hours, seen.hours),
    ...differ(
      'suppressed',
      new Map([['all', [...m.suppressed].sort()]]),
      new Map([['all', [...seen.suppressed].sort()]]),
    ),
    ...unbalanced(seen),
  ]
  if (differences.length > 0) throw new Broken(differences.join('\n'))
  noteEntered(m)
}

const each = <K, V, W>(map: ReadonlyMap<K, V>, view: (value: V) => W) =>
  new Map([...map].map(([key, value]) => [key, view(value)]))

function emailView({ mailbox, due, status, reason, wait, tries, claim, sentAt, heldAt, endedAt, arrived }: Email) {
  const why = status === 'failed' || status === 'held' || status === 'skipped' ? { reason } : {}
  const until = status === 'pending' ? { wait } : {}
  return {
    mailbox,
    due,
    status,
    tries,
    claim,
    sentAt,
    endedAt,
    heldAt: status === 'held' ? heldAt : null,
    arrived,
    ...why,
    ...until,
  }
}
const boxView = ({ limit, health, coolUntil, failures, nextAt }: Seen['mailboxes'][number]) => ({
  limit,
  health,
  coolUntil,
  failures,
  nextAt,
})
function campaignView(campaign: Seen['campaigns'] extends Map<number, infer C> ? C : never, m: Model) {
  const { status, startsAt, limit, targeted, scheduled, sent, failed, step, refused, open } = campaign
  // Results of waves that are on the wire together come in no order.
  const named = refused.map((key) => (m.emails.has(key) ? key : 'gone')).sort()
  return { status, startsAt, limit, targeted, scheduled, sent, failed, step, refused: named, open: [...open].sort() }
}

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
    const own = [...emails.values()].filter(({ campaign }) => campaign === index)
    const by = (status: string) => own.filter((email) => email.status === status).length
    const holds = own.length === scheduled && by('sent') === sent && by('failed') === failed
    return holds
      ? []
      : [
          `campaign ${index} says ${scheduled} planned, ${sent} sent, ${failed} failed; there are ${own.length}, ${by('sent')}, ${by('failed')}`,
        ]
  })
}
