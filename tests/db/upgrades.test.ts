import { describe, expect, it } from 'vitest'
import { resumeCampaign } from '@/use-cases/campaigns/resume-campaign'
import { getProgress } from '@/use-cases/progress/get-progress'
import { migrate } from '../../scripts/lib/database/migrations'
import { keptStates, readState, restoreState, saveState } from '../support/database/database-state'
import { liveIn } from '../support/database/lived-in'
import { BY, createEngine, readLedger } from '../support/engine'
import { openWithSources } from '../support/generation'

type EmailRow = { id: string; campaign_id: string; status: string; message_id: string; scheduled_for: string }

/** A kept state in a database that was brought up to date since, with an engine on it. */
async function upgraded(name: string) {
  const database = await restoreState(name)
  await migrate(database.url)
  const engine = await createEngine({ database })
  const state = readState(name)
  const emails = (state.get('scheduled_emails') ?? []) as EmailRow[]
  engine.clock.set(new Date(Math.max(...emails.map((email) => Date.parse(email.scheduled_for)))))
  return { engine, state, emails }
}

describe.each(keptStates())('a database as %s left it', (name) => {
  it('keeps every row and every state of an email', async () => {
    const { engine, state, emails } = await upgraded(name)
    try {
      for (const table of [
        'leads',
        'batch_leads',
        'emails',
        'campaigns',
        'campaign_events',
        'email_templates',
        'workflow_steps',
      ]) {
        const { rows } = await engine.pool.query(`SELECT count(*)::int AS count FROM ${table}`)
        expect([table, rows[0].count]).toEqual([table, state.get(table)?.length])
      }
      const { rows } = await engine.pool.query('SELECT id, status, message_id FROM scheduled_emails ORDER BY id')
      const before = emails.map(({ id, status, message_id }) => ({ id, status, message_id }))
      expect(rows).toEqual(before.sort((a, b) => (a.id < b.id ? -1 : 1)))
      for (const { id } of await engine.db.campaign.findMany({ where: { campaignType: 'outreach' } }))
        expect((await getProgress(engine.deps, { campaignId: id })).ledger).toEqual(await readLedger(engine, id))
    } finally {
      await engine.close()
    }
  })

  it('goes on: what was left leaves once, and each campaign comes to its end', async () => {
    const { engine, emails } = await upgraded(name)
    try {
      const open = new Set(emails.flatMap((email) => (email.status === 'pending' ? [email.message_id] : [])))
      for (const { id } of await engine.db.campaign.findMany({ where: { status: 'paused' } }))
        await resumeCampaign(engine.deps, { campaignId: id, by: BY })
      for (const _day of Array(12).keys()) {
        await engine.work()
        engine.clock.advanceDays(1)
      }
      const left = engine.sink.received.map(({ messageId }) => messageId)
      expect(new Set(left).size).toBe(left.length)
      const ended = await engine.db.scheduledEmail.findMany({ where: { messageId: { in: [...open] } } })
      const sent = ended.flatMap(({ status, messageId }) => (status === 'sent' ? [messageId] : []))
      expect(sent.toSorted()).toEqual(left.filter((messageId) => open.has(messageId)).toSorted())
      // Only the lead whose first email had failed gets no second and third.
      expect(ended.flatMap(({ status }) => (status === 'sent' ? [] : [status]))).toEqual(['skipped', 'skipped'])
      const under = await engine.db.campaign.findMany({ where: { status: { in: ['running', 'paused', 'scheduled'] } } })
      expect(under.map((campaign) => campaign.name)).toEqual([])
    } finally {
      await engine.close()
    }
  })
})

// No test: it writes the file.
if (process.env.SAVE_STATE) {
  it('the state of today is kept for the migrations to come', async () => {
    const { engine, close } = await openWithSources()
    try {
      await liveIn(engine)
      await saveState(engine.url)
    } finally {
      await close()
    }
  })
}
