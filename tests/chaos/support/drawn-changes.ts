import type { Deps } from '@/deps'
import type { CampaignChange } from '@/domain/campaign/changes/input'
import { type MailboxInput, mailboxInput } from '@/domain/mailbox/mailbox-input'
import { prepareUndo } from '@/use-cases/changes/prepare-undo'
import { createMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { presentSteps } from '../../support/changes'
import { createLeads } from './campaign'
import type { Random } from './random'

/** A change of a campaign, or of the settings of a mailbox that it sends from. `undoes`: the version that it takes back. */
export type DrawnChange = { kind: string } & (
  | { change: CampaignChange; undoes?: number }
  | { mailboxId: string; mailbox: MailboxInput }
)
/** `limit`: what a mailbox sends a day at first. */
type Draw = { campaignId: string; limit: number; random: Random }

const OF_STEPS = ['wait', 'wait', 'text', 'insert', 'insert', 'remove'] as const
const OF_LEADS = ['take out', 'take out', 'put back', 'batch'] as const
const OTHERS = ['mailbox', 'settings', 'settings', 'undo', 'undo'] as const
const MOST_MAILBOXES = 4

/** A change at random: of the sequence, of leads, of mailboxes, or the last one taken back. Null where there is nothing to change so. */
export async function drawChange(deps: Deps, draw: Draw): Promise<DrawnChange | null> {
  const kind = draw.random.pick([...OF_STEPS, ...OF_LEADS, ...OTHERS])
  if (isOf(OF_STEPS, kind)) return ofSteps(deps, kind, draw)
  if (isOf(OF_LEADS, kind)) return ofLeads(deps, kind, draw)
  if (kind === 'undo') return undone(deps, draw)
  return kind === 'mailbox' ? addedMailbox(deps, draw) : otherSettings(deps, draw)
}

const isOf = <Kind extends string>(kinds: readonly Kind[], kind: string): kind is Kind =>
  (kinds as readonly string[]).includes(kind)

async function ofSteps(
  deps: Deps,
  kind: (typeof OF_STEPS)[number],
  { campaignId, random }: Draw,
): Promise<DrawnChange | null> {
  const base = await presentSteps(deps, campaignId)
  const [first] = base
  const last = base.length - 1
  if (!first) return null
  const withStep = (at: number, fields: Partial<typeof first>): DrawnChange => ({
    kind,
    change: { base, steps: base.map((one, i) => (i === at ? { ...one, ...fields } : one)) },
  })
  if (kind === 'wait') return withStep(random.int(1, Math.max(1, last - 1)), { daysAfterPrevious: random.int(1, 6) })
  if (kind === 'text') {
    const { id } = await deps.db.emailTemplate.create({
      data: { name: 'Changed', subject: 'Changed', bodyText: 'Hello {{ first_name }}, in other words.' },
    })
    return withStep(random.int(0, last), { templateId: id })
  }
  if (kind === 'insert' && base.length < 10) {
    const step = { ...first, was: null, daysAfterPrevious: random.int(1, 4) }
    return { kind, change: { base, steps: base.toSpliced(random.int(Math.min(2, last), last), 0, step) } }
  }
  return base.length > 3 ? { kind: 'remove', change: { base, steps: base.toSpliced(last - 1, 1) } } : null
}

async function ofLeads(deps: Deps, kind: (typeof OF_LEADS)[number], { random }: Draw): Promise<DrawnChange | null> {
  if (kind === 'batch') return { kind, change: { addBatchIds: [await createLeads(deps, random.int(1, 5))] } }
  if (kind === 'put back') {
    const out = await deps.db.campaignTakenOutLead.findMany({ select: { leadId: true } })
    const ids = out.map(({ leadId }) => leadId).sort()
    return ids.length > 0 ? { kind, change: { putBackLeadIds: [random.pick(ids)] } } : null
  }
  const leads = await deps.db.lead.findMany({ select: { id: true }, orderBy: { id: 'asc' } })
  return { kind, change: { takeOutLeadIds: [random.pick(leads).id, random.pick(leads).id] } }
}

async function undone(deps: Deps, { campaignId }: Draw): Promise<DrawnChange | null> {
  const last = await deps.db.campaignChange.findFirst({ where: { campaignId }, orderBy: { version: 'desc' } })
  if (!last) return null
  const { change } = await prepareUndo(deps, { campaignId, version: last.version })
  return Object.keys(change).length > 0 ? { kind: 'undo', change, undoes: last.version } : null
}

const settingsOf = (number: number, random: Random, limit: number): MailboxInput => {
  const name = `sender${number}`
  return mailboxInput.parse({
    ...{ name, fromName: 'Ada', fromEmail: `${name}@nexa.example`, kind: 'environment', maxConnections: 4 },
    dailyLimit: random.int(Math.ceil(limit / 2), 2 * limit),
    timezone: random.pick(['Europe/Berlin', 'UTC', 'America/New_York']),
    windowDays: random.pick([
      [1, 2, 3, 4, 5, 6],
      [1, 2, 3, 4, 5, 6, 7],
      [1, 2, 4, 6],
    ]),
    ...random.pick([{}, { windowStartMinute: 7 * 60, windowEndMinute: 19 * 60 }]),
  })
}

async function addedMailbox(deps: Deps, { campaignId, limit, random }: Draw): Promise<DrawnChange | null> {
  const present = await deps.db.campaignMailbox.count({ where: { campaignId } })
  if (present >= MOST_MAILBOXES) return null
  // One that a refused change has left is taken the next time.
  const name = `sender${present + 1}`
  const known = await deps.db.mailbox.findFirst({ where: { name } })
  const { id } = known ?? (await createMailbox(deps, settingsOf(present + 1, random, limit)))
  return { kind: 'mailbox', change: { addMailboxIds: [id] } }
}

async function otherSettings(deps: Deps, { campaignId, limit, random }: Draw): Promise<DrawnChange | null> {
  const own = await deps.db.mailbox.findMany({
    where: { campaigns: { some: { campaignId } } },
    orderBy: { name: 'asc' },
  })
  const number = random.int(1, own.length)
  const mailboxId = own[number - 1]?.id
  return mailboxId ? { kind: 'settings', mailboxId, mailbox: settingsOf(number, random, limit) } : null
}
