import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deleteLeads } from '@/use-cases/leads/delete-leads'
import { importLeads } from '@/use-cases/leads/import-leads'
import { setLeadStatus } from '@/use-cases/leads/set-lead-status'
import { addSuppression } from '@/use-cases/suppression/add-suppression'
import { importSuppressions } from '@/use-cases/suppression/import-suppressions'
import { BY, createEngine, type Engine, readLedger, startOutreach } from '../../support/engine'
import { untilBlocked } from '../../support/until-blocked'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())

type Leads = readonly { id: string; email: string }[]

/**
 * Sends a campaign's emails while `act` works on its leads, ten at a time from the other end, for as long as emails are
 * being sent. The first batch of emails has its replies once `act` has worked on the first ten.
 */
async function sendWhile(act: (leads: Leads) => Promise<unknown>) {
  const { id, leads } = await startOutreach(engine, { leads: 120, days: [0, 1] })
  const { promise: firstActed, resolve: answer } = Promise.withResolvers<void>()
  const begun = new Promise<void>((resolve) => {
    engine.sink.onMailFrom = () => resolve()
  })
  engine.sink.behave = () => ({ at: 'data', until: firstActed })
  let done = false
  const sending = engine.work().finally(() => {
    done = true
  })
  const acted: string[] = []
  try {
    await begun
    for (let end = 120; end > 0 && !done; end -= 10) {
      const group = leads.slice(end - 10, end)
      await act(group)
      acted.push(...group.map((lead) => lead.id))
      answer()
    }
  } finally {
    answer()
    await sending
    engine.sink.behave = () => undefined
    engine.sink.onMailFrom = () => undefined
  }
  return { id, acted, others: leads.map((lead) => lead.id).filter((leadId) => !acted.includes(leadId)) }
}

/** How many emails of these leads are in which state, by step. */
async function statesOf(campaignId: string, leadIds: string[]) {
  const groups = await engine.db.scheduledEmail.groupBy({
    by: ['workflowStepNumber', 'status'],
    where: { campaignId, leadId: { in: leadIds } },
    _count: true,
  })
  return Object.fromEntries(groups.map((group) => [`${group.workflowStepNumber} ${group.status}`, group._count]))
}

/** The first email of those who were left alone was sent; the others' was sent or skipped, and their second skipped. */
async function expectSilenced({ id, acted, others }: Awaited<ReturnType<typeof sendWhile>>) {
  const silenced = await statesOf(id, acted)
  expect((silenced['1 sent'] ?? 0) + (silenced['1 skipped'] ?? 0)).toBe(acted.length)
  expect(silenced['2 skipped']).toBe(acted.length)
  const left = others.length > 0 ? { '1 sent': others.length, '2 pending': others.length } : {}
  expect(await statesOf(id, others)).toEqual(left)
}

/**
 * Writes as recording the results of a batch of emails does: the campaign first, then its leads in no particular order.
 * Here the last lead is written, `act` begins on all of them, and then the first one is written.
 */
async function recordAround(act: (leads: Leads) => Promise<unknown>) {
  const { id, leads } = await startOutreach(engine, { leads: 3, days: [0] })
  const sorted = leads.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const recorder = await engine.pool.connect()
  const write = (lead: { id: string } | undefined) =>
    recorder.query('UPDATE leads SET emails_sent = emails_sent + 1 WHERE id = $1', [lead?.id])
  try {
    await recorder.query('BEGIN')
    await recorder.query('SELECT id FROM campaigns WHERE id = $1 FOR NO KEY UPDATE', [id])
    await write(sorted.at(-1))
    const acting = act(sorted)
    await untilBlocked(engine.deps.sql, acting)
    await write(sorted[0])
    await recorder.query('COMMIT')
    await acting
  } finally {
    recorder.release()
  }
}

const ACTS: Record<string, (leads: Leads) => Promise<unknown>> = {
  'giving leads a status': (leads) =>
    setLeadStatus(engine.deps, { ids: leads.map(({ id }) => id), status: 'not_interested', by: BY }),
  'taking a status back': (leads) =>
    setLeadStatus(engine.deps, { ids: leads.map(({ id }) => id), status: 'new', by: BY }),
  'suppressing many': (leads) =>
    importSuppressions(engine.deps, {
      fileName: 'list.txt',
      text: leads.map(({ email }) => email).join('\n'),
      reason: 'unsubscribed',
      by: BY,
    }),
  'deleting leads': (leads) => deleteLeads(engine.deps, { ids: leads.map(({ id }) => id), by: BY }),
  'an import that fills leads': (leads) =>
    importLeads(engine.deps, {
      fileName: 'more.csv',
      text: ['email,city', ...leads.map(({ email }) => `${email},Kiel`)].join('\n'),
      by: BY,
    }),
}

it.each(Object.keys(ACTS))(
  '%s and recording the results of a batch of emails do not end in a deadlock',
  async (name) => {
    await recordAround(ACTS[name] as (typeof ACTS)[string])
  },
)

describe('while emails are being sent', () => {
  it('leads can be given a status, and every email is in one state', async () => {
    const sent = await sendWhile((leads) =>
      setLeadStatus(engine.deps, { ids: leads.map((lead) => lead.id), status: 'not_interested', by: BY }),
    )
    const ledger = await readLedger(engine, sent.id)
    expect(ledger.planned).toBe(240)
    expect(ledger.sending + ledger.held + ledger.failed).toBe(0)
    await expectSilenced(sent)
    expect(await engine.db.scheduledEmail.count({ where: { campaignId: sent.id, status: 'sent' } })).toBe(
      await engine.db.email.count({ where: { campaignId: sent.id } }),
    )
  })

  it('leads can be suppressed', async () => {
    const sent = await sendWhile(async (leads) => {
      for (const { email } of leads) await addSuppression(engine.deps, { value: email, reason: 'unsubscribed', by: BY })
    })
    const ledger = await readLedger(engine, sent.id)
    expect(ledger.planned).toBe(240)
    expect(ledger.sending + ledger.held + ledger.failed).toBe(0)
    await expectSilenced(sent)
  })

  it('leads can be deleted, and the campaign counts what is left', async () => {
    const deleted: string[] = []
    const { id, acted } = await sendWhile(async (leads) => {
      for (const lead of leads) {
        // An email to this lead is on the wire: refused, and as good as any answer.
        await deleteLeads(engine.deps, { ids: [lead.id], by: BY }).then(
          () => deleted.push(lead.id),
          (error: { code?: string }) => {
            if (error.code !== 'in_use') throw error
          },
        )
      }
    })
    expect(await engine.db.lead.count({ where: { id: { in: acted } } })).toBe(acted.length - deleted.length)
    const left = 120 - deleted.length
    const { planned, sent, pending } = await readLedger(engine, id)
    expect({ planned, sent, pending }).toEqual({ planned: 2 * left, sent: left, pending: left })
    expect(await engine.db.campaign.findUnique({ where: { id } })).toMatchObject({
      emailsScheduledCount: planned,
      emailsSentCount: sent,
    })
  })

  it('an import can fill them', async () => {
    const { id, acted } = await sendWhile((leads) =>
      importLeads(engine.deps, {
        fileName: 'more.csv',
        text: ['email,city,region', ...leads.map(({ email }) => `${email},Kiel,North`)].join('\n'),
        by: BY,
      }),
    )
    expect(await readLedger(engine, id)).toMatchObject({ planned: 240, sent: 120 })
    const filled = await engine.db.lead.findMany({
      where: { city: 'Kiel', scheduledEmails: { some: { campaignId: id } } },
    })
    expect(filled.map((lead) => lead.id).toSorted()).toEqual(acted.toSorted())
  })
})
