import { randomUUID } from 'node:crypto'
import { expect } from 'playwright/test'
import type { RunningApp } from '../../../scripts/lib/app/start-app'
import type { ApiClient } from '../../../scripts/lib/demo/api-client'
import type { Database } from './database'
import { furnish, importBatch } from './furnish'
import { addressOf, people } from './people'
import { setAutomated, setGenerationScene } from './scene-generation'
import { setBack, setMidway } from './scene-midway'

export type Scene = Awaited<ReturnType<typeof setScene>>

const SENDING = {
  timezone: 'Europe/Berlin',
  windowDays: [1, 2, 3, 4, 5],
  windowStartMinute: 480,
  windowEndMinute: 1080,
}

/** A team in the middle of its work: a campaign of every status, leads, texts, two mailboxes, received mail. */
export async function setScene(app: Pick<RunningApp, 'url' | 'ownerCode'>, database: Database) {
  const api = await furnish(app)
  const mailboxIds = await setMailboxes(api, database)
  const { batchId: sampleId, workflowId, templateIds } = await api.settings.loadSampleData.mutate()
  const batches = {
    spring: await importBatch(api, 'Spring fair Hanover', people(60)),
    partners: await importBatch(api, 'Partners in the north', people(24, 60)),
    winter: await importBatch(api, 'Winter customers', people(30, 84)),
    press: await importBatch(api, 'Trade press', people(240, 114)),
    firstRun: await importBatch(api, 'Dental clinics in the north, 18 Feb', people(60, 354)),
    secondRun: await importBatch(api, 'Dental clinics in the north, 25 Feb', people(24, 414)),
    lastRun: await importBatch(api, 'Dental clinics in the north, 4 Mar', people(30, 438)),
    mailed: await importBatch(api, 'Clinics, found and written to, 3 Mar', people(20, 468)),
    found: await importBatch(api, 'Clinics, found and written to, 4 Mar', people(24, 488)),
  }
  const common = { timezone: 'Europe/Berlin', mailboxIds, workflowId: workflowId ?? undefined }
  const create = async (name: string, batchId: string, other = {}) =>
    (await api.campaigns.create.mutate({ ...common, name, batchIds: [batchId], ...other })).id
  const start = async (campaignId: string, sent: number) => {
    await api.campaigns.start.mutate({ campaignId })
    await expect.poll(() => database.ledgerOf(campaignId), { timeout: 240_000 }).toMatchObject({ sent })
  }

  const completed = await create('Winter check-in', batches.winter, {
    useWorkflow: false,
    emailTemplateId: templateIds[0],
  })
  await start(completed, 30)
  await expect.poll(() => database.statusOf(completed)).toBe('completed')
  await setBack(database, completed, { days: 6 })

  // Few enough that today's limits of the mailboxes hold for all that start here.
  const automated = await create('Clinics, found and written to', batches.mailed)
  await start(automated, 20)
  await setAutomated(database, automated, { mailed: batches.mailed, found: batches.found })

  // Some of its leads are interested below, and its figures stay.
  const running = await create('Spring fair follow-up', batches.spring, { continueAfterReply: true })
  await start(running, 60)
  await api.campaigns.pause.mutate({ campaignId: running })
  await setMidway(database, running)

  const paused = await create('Partners in the north', batches.partners)
  await start(paused, 24)
  await api.campaigns.pause.mutate({ campaignId: paused })

  const scheduled = await create('Autumn fair, first contact', sampleId ?? '')
  await api.campaigns.schedule.mutate({ campaignId: scheduled, startAt: new Date('2026-03-09T08:00:00Z') })
  const draft = await create('Trade press, summer issue', batches.press)
  const [written, ownText] = await writeDraft(api, batches.press)

  const generation = await setGenerationScene({ api, database, workflowId: workflowId ?? '', mailboxIds }, batches)

  await setLeads(api, database)
  await setInbox(api, database)
  const { url } = await api.team.invite.mutate({ email: 'jana@nexa.example', role: 'member' })
  return {
    invitation: url.slice(url.lastIndexOf('/') + 1),
    api,
    running,
    paused,
    completed,
    draft,
    written,
    ownText,
    automated,
    ...generation,
    batch: batches.spring,
    imported: await database.idOf('lead_imports ORDER BY id DESC'),
    mailbox: mailboxIds[0] ?? '',
    ...(await pick(database)),
  }
}

/** A draft with emails of its own, the second half written; answers its id and that of the first text. */
async function writeDraft(api: ApiClient, batchId: string): Promise<[string, string]> {
  const first = {
    id: randomUUID(),
    subject: 'A page in your summer issue, {{ company_name }}',
    bodyText: 'Hello {{ first_name }},\n\nis there room in your summer issue for a page on {{ city }}?',
  }
  const second = { id: randomUUID(), subject: '', bodyText: 'Hello {{ frist_name }},\n\ndid you see my email?' }
  const { id } = await api.campaigns.create.mutate({
    name: 'Trade press, written here',
    timezone: 'Europe/Berlin',
    batchIds: [batchId],
    ownSteps: [
      { text: first, daysAfterPrevious: 0, replyInThread: false },
      { text: second, daysAfterPrevious: 3, replyInThread: true },
      { text: { id: randomUUID(), subject: '', bodyText: '' }, daysAfterPrevious: 3, replyInThread: true },
    ],
  })
  return [id, first.id]
}

async function setMailboxes(api: ApiClient, database: Database): Promise<string[]> {
  const [first] = await api.mailboxes.list.query()
  const mara = { ...SENDING, name: 'Mara', fromName: 'Mara Lindgren', fromEmail: 'mara@nexa.example' }
  const jonas = { ...SENDING, name: 'Jonas', fromName: 'Jonas Beck', fromEmail: 'jonas@nexa.example' }
  const mailboxId = first?.id ?? ''
  await api.mailboxes.update.mutate({ mailboxId, mailbox: { ...mara, kind: 'environment', dailyLimit: 60 } })
  const second = await api.mailboxes.create.mutate({ ...jonas, kind: 'environment', dailyLimit: 50 })
  // The first came with the installation, on the machine's clock; lists go by age.
  await database.rows("UPDATE mailboxes SET created_at = '2026-02-01' WHERE id = $1", [mailboxId])
  return [mailboxId, second.id]
}

async function setLeads(api: ApiClient, database: Database) {
  const contacted = await database.idsOf("leads WHERE status = 'follow_up_1' ORDER BY id LIMIT 4")
  await api.leads.setStatus.mutate({ ids: contacted, status: 'interested' })
  const refused = await database.idsOf("leads WHERE status = 'new' ORDER BY id DESC LIMIT 3")
  await api.leads.setStatus.mutate({ ids: refused, status: 'not_interested' })
  for (const person of people(6, 120))
    await api.suppression.add.mutate({ value: addressOf(person), reason: 'unsubscribed' })
  await api.suppression.add.mutate({ value: '@competitor.example', reason: 'manual' })
}

/** Leads of the campaign that is over answer: one of each kind. */
async function setInbox(api: ApiClient, database: Database) {
  const emails = await database.idsOf(
    "sandbox_messages WHERE from_email = 'mara@nexa.example' ORDER BY received_at, id LIMIT 4",
  )
  const answers = [
    { kind: 'reply', text: 'Thank you. What would it cost for three sites?' },
    { kind: 'out_of_office', until: '2026-03-16' },
    { kind: 'bounce' },
    { kind: 'reply', text: 'Please call me on Tuesday, after ten.' },
  ] as const
  for (const [n, answer] of answers.entries()) await api.sandbox.answer.mutate({ id: emails[n] ?? '', answer })
  await expect.poll(() => database.count('conversations'), { timeout: 120_000 }).toBe(answers.length)
}

/** One of each kind that has a page of its own. */
async function pick(database: Database) {
  const { idOf } = database
  const unfolded = (await database.firstMessage()).toString('utf8').replace(/\r?\n[ \t]+/g, '')
  return {
    lead: await idOf('leads WHERE emails_sent > 0 ORDER BY id'),
    conversation: await idOf("conversations WHERE last_in_kind = 'human' ORDER BY id"),
    template: await idOf('email_templates WHERE body_html IS NOT NULL ORDER BY id'),
    workflow: await idOf('workflows WHERE campaign_id IS NULL ORDER BY id'),
    // The one in which a request is in doubt.
    run: await idOf("lead_generation_runs WHERE due_at = '2026-02-25T08:00:00Z'"),
    message: await idOf('sandbox_messages ORDER BY received_at DESC, id'),
    token: /\/api\/unsubscribe\/([\w.-]+)/.exec(unfolded)?.[1] ?? '',
  }
}
