import { CONTACT_GAP_MS } from '../../delivery/decide'
import { DAY_MS } from '../../time/duration'
import { createHeap } from './heap'
import {
  type CampaignDays,
  type CampaignRoom,
  createCampaignDays,
  createOutflow,
  type MailboxRoom,
  type Outflow,
} from './outflow'

/** A planned email, as far as it decides when it leaves. */
export type PlannedEmail = {
  leadId: string
  mailboxId: string
  step: number
  dueAt: Date
  /** When its lead got the last email, from any campaign; null or absent for none. */
  contactedAt?: Date | null
}

/** What limits leave for emails. `booked`: by local date, what others have planned and what has left today. */
export type Room<Email extends PlannedEmail = PlannedEmail> = {
  now: Date
  mailboxes: ReadonlyMap<string, MailboxRoom>
  /** The campaign that an email is of. */
  campaignOf: (email: Email) => CampaignRoom
}

const EMAILS_A_TURN = 500

/**
 * When planned emails leave, by the same gates as in `decide`: 24 hours after the lead's last email, within the windows, daily limits and gaps
 * of their mailboxes and the limits of their campaigns; follow-ups before first emails. What is put off takes the lead's later
 * steps along. Nobody answers, and nothing fails. `emails`: those of a lead in the order of their steps.
 */
export function* leaveWithin<Email extends PlannedEmail>(
  emails: readonly Email[],
  room: Room<Email>,
): Generator<undefined, { email: Email; at: Date }[]> {
  const agenda = createAgenda(room)
  let entered = 0
  for (const lead of yield* sequencesOf(emails, room)) {
    if (entered++ % EMAILS_A_TURN === 0) yield
    agenda.begin(lead)
  }
  const left: { email: Email; at: Date }[] = []
  for (let [next, steps] = [agenda.take(), 0]; next; next = agenda.take()) {
    if (steps++ % EMAILS_A_TURN === 0) yield
    for (const email of agenda.play(next)) {
      if (left.push({ email, at: new Date(next.at) }) % EMAILS_A_TURN === 0) yield
    }
  }
  return left
}

/** The emails of a lead in a campaign. `lateMs`: how much later than planned those are that follow; `leftAt`: its last one. */
type Sequence<Email> = {
  own: Email[]
  next: number
  lateMs: number
  leftAt: number
  campaign: CampaignDays
  isPaused: boolean
}
type OfLead<Email> = { email: Email; lead: Sequence<Email> }
/** An email comes due, or a mailbox sends; of what is at once, all that comes due is first. */
type Happening<Email> = {
  at: number
  n: number
  box: Outflow<OfLead<Email>>
  due: (OfLead<Email> & { due: number }) | null
}

function createAgenda<Email extends PlannedEmail>({ now, mailboxes }: Room<Email>) {
  const happenings = createHeap<Happening<Email>>(
    (a, b) => a.at - b.at || Number(a.due === null) - Number(b.due === null) || a.n - b.n,
  )
  const boxes = new Map([...mailboxes].map(([id, room]) => [id, createOutflow<OfLead<Email>>(room)]))
  const wakes = new Map<Outflow<OfLead<Email>>, number>()
  let n = 0
  const wake = (box: Outflow<OfLead<Email>>, at: number) => {
    if ((wakes.get(box) ?? Number.POSITIVE_INFINITY) <= at) return
    wakes.set(box, at)
    happenings.put({ at, n: n++, box, due: null })
  }
  /** The lead's next email, of whose lead somebody thinks at `at`. */
  const enter = (lead: Sequence<Email>, at: number) => {
    const email = lead.own[lead.next++]
    if (!email) return
    const box = boxes.get(email.mailboxId)
    if (!box) throw new Error('An email is planned from a mailbox that is not there')
    const planned = email.dueAt.getTime() + lead.lateMs
    const free = lead.leftAt + CONTACT_GAP_MS
    const due = free > Math.max(planned, at) ? free : planned
    lead.lateMs += due - planned
    happenings.put({ at: Math.max(due, at), n: n++, box, due: { email, lead, due } })
  }
  return {
    begin(lead: Sequence<Email>): void {
      const [at, first] = [now.getTime(), lead.own[0]?.dueAt.getTime() ?? 0]
      // As a resume does, and after downtime the tick.
      if (at - first > (lead.isPaused ? 0 : DAY_MS)) lead.lateMs = at - first
      enter(lead, at)
    },
    take: () => happenings.take(),
    /** Does what happens, and gives back what leaves. */
    *play({ at, box, due: come }: Happening<Email>): Generator<Email> {
      if (come) {
        const { email, lead, due } = come
        box.put({ email: { email, lead }, step: email.step, due, n: n++ }, lead.campaign)
        return wake(box, at)
      }
      if (wakes.get(box) !== at) return
      wakes.delete(box)
      for (let next = box.next(at); next; next = box.next(at)) {
        if ('again' in next) return wake(box, next.again)
        const { waiting, due } = next
        const { email, lead } = waiting.email
        // What waits longer than a day for the gaps of others is moved by the tick, as after downtime.
        lead.lateMs += due - waiting.due + Math.floor((at - due) / DAY_MS) * DAY_MS
        lead.leftAt = at
        enter(lead, at)
        yield email
      }
    },
  }
}

/** The emails of each lead in each campaign. */
function* sequencesOf<Email extends PlannedEmail>(
  emails: readonly Email[],
  { campaignOf }: Room<Email>,
): Generator<undefined, Iterable<Sequence<Email>>> {
  const sequences = new Map<string, Sequence<Email>>()
  const campaigns = new Map<string, CampaignDays>()
  for (const [i, email] of emails.entries()) {
    if (i % EMAILS_A_TURN === 0) yield
    const room = campaignOf(email)
    const campaign = campaigns.get(room.id) ?? createCampaignDays(room)
    campaigns.set(room.id, campaign)
    const key = `${room.id} ${email.leadId}`
    const known = sequences.get(key)
    const leftAt = email.contactedAt?.getTime() ?? Number.NEGATIVE_INFINITY
    if (known) known.own.push(email)
    else sequences.set(key, { own: [email], next: 0, lateMs: 0, leftAt, campaign, isPaused: room.isPaused === true })
  }
  return sequences.values()
}
