import { createHash } from 'node:crypto'
import { selectStepCounts } from '@/db/queries/progress/select-ledger'
import { type MailboxInput, mailboxInput as mailboxSettings } from '@/domain/mailbox/mailbox-input'
import { createCampaign } from '@/use-cases/campaigns/create-campaign'
import { pauseCampaign } from '@/use-cases/campaigns/pause-campaign'
import { deleteCampaign } from '@/use-cases/campaigns/remove-campaign'
import { resumeCampaign } from '@/use-cases/campaigns/resume-campaign'
import { scheduleCampaign } from '@/use-cases/campaigns/schedule-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { stopCampaign } from '@/use-cases/campaigns/stop-campaign'
import { updateCampaign } from '@/use-cases/campaigns/update-campaign'
import { resolveHeld } from '@/use-cases/delivery/resolve-held'
import { retryFailed } from '@/use-cases/delivery/retry-failed'
import { sendMailbox } from '@/use-cases/delivery/send-mailbox'
import { createMailbox, updateMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { runTick } from '@/use-cases/maintenance/run-tick'
import { listCampaignEmails } from '@/use-cases/progress/list-campaign-emails'
import { updateSettings } from '@/use-cases/settings/update-settings'
import { createMailboxInMemory } from '../support/conversation/mailbox-in-memory'
import { BY } from '../support/engine'
import { changeDoor } from './doors/changes'
import { conversationDoor } from './doors/conversations'
import { leadDoor } from './doors/leads'
import {
  batchId,
  campaignId,
  close,
  type Installation,
  mailboxId,
  may,
  openInstallation,
  renew,
  workflowOf,
} from './installation'
import { readSnapshot } from './snapshot'
import { type Watch, watchWorker } from './worker'
import { mailboxInput, type World } from './world'

export type Door = Awaited<ReturnType<typeof openDoor>>
/** A worker that has the result of a batch and has not recorded it. */
export type Late = { settle(): Promise<void> }
export type Job = { batches: string[][]; reached: boolean; inDoubt: number; late: Late | null }

/** The only way of the model to the product: use cases, statements and database behind numbers. */
export async function openDoor() {
  const installation = await openInstallation()
  const { wire, time, pool, ids, deps } = installation
  const history = createHash('sha256')
  return {
    wire,
    time,
    reset: (world: World) => reset(installation, world),
    send: (mailbox: number, watch: Watch) => send(installation, mailbox, watch),
    see: async () => {
      const seen = await readSnapshot(pool, ids, wire)
      history.update(JSON.stringify(seen, inOrder))
      return seen
    },
    /** The same for the same seed: stands for all that was ever seen. */
    fingerprint: () => history.copy().digest('hex').slice(0, 12),
    counts: async (index: number) => selectStepCounts(deps.sql, ids.campaigns[index] ?? ''),
    ...campaignDoor(installation),
    ...leadDoor(installation),
    ...mailboxDoor(installation),
    ...conversationDoor(installation),
    ...changeDoor(installation),
    close: () => close(installation),
  }
}

const READER = {
  ...{ imapHost: 'imap.sender.example', imapPort: 993, imapSecurity: 'tls' as const, appendsSent: false },
  ...{ imapUser: 'ada', imapPassword: 'secret' },
}

const inOrder = (_key: string, value: unknown) =>
  value instanceof Map || value instanceof Set ? [...value].sort() : value

/** An empty installation, then the world's leads, batches, mailboxes and drafts. */
async function reset(installation: Installation, world: World): Promise<void> {
  const { wire, deps, ids } = installation
  await renew(installation, world)
  ids.mailboxes = []
  Object.assign(installation, { folders: [createMailboxInMemory(), createMailboxInMemory()], messages: 0 })
  for (const [index, { limit, ramp, reads }] of world.mailboxes.entries()) {
    // One after the other, as people do: the oldest is the first of a campaign.
    installation.time.now = world.startsAt - world.mailboxes.length + index
    const reader = reads ? READER : undefined
    const entered = { ...mailboxInput(world, index, { limit, ramp, port: wire.port }), reader }
    ids.mailboxes.push((await createMailbox(deps, entered)).id)
  }
  installation.time.now = world.startsAt
  const { read } = conversationDoor(installation)
  for (const [index, { reads }] of world.mailboxes.entries()) if (reads) await read(index)
  ids.campaigns = []
  for (const index of world.campaigns.keys()) ids.campaigns.push(await insertDraft(installation, world, index))
}

async function insertDraft(installation: Installation, world: World, index: number): Promise<string> {
  const campaign = world.campaigns[index]
  if (!campaign) throw new Error(`The world has no campaign ${index}`)
  const { id } = await createCampaign(installation.deps, {
    campaignType: 'outreach',
    name: `Campaign ${index}`,
    timezone: campaign.zone,
    dailyLimit: campaign.limit,
    stopSameCompany: campaign.stopCompany,
    workflowId: await workflowOf(installation, campaign.days),
    batchIds: campaign.batches.map((batch) => batchId(installation, batch)),
    mailboxIds: campaign.mailboxes.map((box) => mailboxId(installation, box)),
    by: BY,
  })
  return id
}

/** Works through the mailbox; see `watchWorker` for how far. */
async function send(installation: Installation, mailbox: number, watch: Watch): Promise<Job> {
  const { wire, deps, pool } = installation
  if (wire.mode === 'login_refused') deps.mailer.close()
  const { deps: watched, signal, stuck, calm, batches, doubt, release } = watchWorker(pool, deps, watch)
  let ended = false
  const work = sendMailbox(watched, { mailboxId: mailboxId(installation, mailbox), signal }).then(
    () => {
      ended = true
    },
    (error: unknown) => {
      ended = true
      if (watch.stage !== 'chosen') throw error
    },
  )
  await Promise.race([work, stuck])
  await calm()
  const reached = !ended || (watch.stage === 'chosen' && signal.aborted)
  const settle = async () => {
    release()
    await work
  }
  return { batches, reached, inDoubt: doubt.most, late: reached && watch.stage === 'answered' ? { settle } : null }
}

function campaignDoor(at: Installation) {
  const { deps } = at
  const campaign = (index: number) => ({ campaignId: campaignId(at, index), by: BY })
  return {
    start: (index: number) => may(startCampaign(deps, campaign(index))),
    schedule: (index: number, time: number | null) =>
      may(scheduleCampaign(deps, { ...campaign(index), startAt: time === null ? null : new Date(time) })),
    pause: (index: number) => may(pauseCampaign(deps, campaign(index))),
    resume: (index: number) => may(resumeCampaign(deps, campaign(index))),
    stop: (index: number) => may(stopCampaign(deps, campaign(index))),
    retryFailed: (index: number) => may(retryFailed(deps, campaign(index))),
    resolveHeld: (index: number, choice: 'delivered' | 'again') =>
      may(resolveHeld(deps, { ...campaign(index), choice })),
    edit: (index: number, dailyLimit: number | null, batches: readonly number[]) => {
      const patch = { dailyLimit, batchIds: batches.map((batch) => batchId(at, batch)) }
      return may(updateCampaign(deps, { ...campaign(index), patch }))
    },
    /** What is said of each planned email, by its key. */
    why: async (index: number) => {
      const { rows } = await listCampaignEmails(deps, { campaignId: campaignId(at, index), status: 'pending' })
      const numbers = new Map([...at.ids.leads].map(([number, id]) => [id, number]))
      return new Map<string, string>(
        rows.map(({ leadId: id, stepNumber, decision: said }) => {
          const until = said?.kind === 'defer' ? said.until.getTime() : ''
          const reason = said && 'reason' in said ? said.reason : ''
          return [`${index}/${numbers.get(id)}/${stepNumber}`, `${said?.kind} ${reason} ${until}`] as const
        }),
      )
    },
    deleteCampaign: (index: number) => may(deleteCampaign(deps, campaign(index))),
  }
}

function mailboxDoor(at: Installation) {
  const { deps, wire, woken, ids } = at
  return {
    saveMailbox: async (
      world: World,
      index: number,
      entered: Pick<MailboxInput, 'ramp'> & { limit: number | null },
    ) => {
      const { success, data } = mailboxSettings.safeParse(mailboxInput(world, index, { ...entered, port: wire.port }))
      return success && may(updateMailbox(deps, { mailboxId: mailboxId(at, index), mailbox: data }))
    },
    saveAddress: (there: boolean) => may(updateSettings(deps, { postalAddress: there ? 'Main Street 1, Berlin' : '' })),
    /** The mailboxes that it wakes. */
    tick: async (): Promise<number[]> => {
      woken.length = 0
      await runTick(deps)
      return woken.map((id) => ids.mailboxes.indexOf(id))
    },
  }
}
