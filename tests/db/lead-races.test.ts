import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addSuppression } from '@/use-cases/add-suppression'
import { deleteLeads } from '@/use-cases/delete-leads'
import { importLeads } from '@/use-cases/import-leads'
import { importSuppressions } from '@/use-cases/import-suppressions'
import { setLeadStatus } from '@/use-cases/set-lead-status'
import { BY, createEngine, type Engine, readLedger, startOutreach } from '../support/engine'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())

/** Sends a campaign's mails while `act` works on its leads, ten at a time from the other end. */
async function sendWhile(act: (leads: readonly { id: string; email: string }[]) => Promise<unknown>) {
  const { id, leads } = await startOutreach(engine, { leads: 120, days: [0, 1] })
  let done = false
  const sending = engine.work().finally(() => {
    done = true
  })
  const groups = Array.from({ length: 12 }, (_, i) => leads.slice(i * 10, i * 10 + 10)).toReversed()
  for (const group of groups) {
    await act(group)
    if (done) break
  }
  await sending
  return id
}

/**
 * What recording the results of a wave does: the campaign first, then its leads in no particular order. Here the last
 * lead is written, `act` begins on all of them, and then the first one is written.
 */
async function recordAround(act: (leads: readonly { id: string; email: string }[]) => Promise<unknown>) {
  const { id, leads } = await startOutreach(engine, { leads: 3, days: [0] })
  const sorted = leads.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const recorder = await engine.deps.pool.connect()
  const write = (lead: { id: string } | undefined) =>
    recorder.query('UPDATE leads SET emails_sent = emails_sent + 1 WHERE id = $1', [lead?.id])
  try {
    await recorder.query('BEGIN')
    await recorder.query('SELECT id FROM campaigns WHERE id = $1 FOR NO KEY UPDATE', [id])
    await write(sorted.at(-1))
    const acting = act(sorted)
    acting.catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, 300))
    await write(sorted[0])
    await recorder.query('COMMIT')
    await acting
  } finally {
    recorder.release()
  }
}

const ACTS: Record<string, (leads: readonly { id: string; email: string }[]) => Promise<unknown>> = {
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

it.each(Object.keys(ACTS))('%s and recording the results of a wave do not end in a deadlock', async (name) => {
  await recordAround(ACTS[name] as (typeof ACTS)[string])
})

describe('while mails are being sent', () => {
  it('leads can be given a status, and every mail is in one state', async () => {
    const id = await sendWhile((leads) =>
      setLeadStatus(engine.deps, { ids: leads.map((lead) => lead.id), status: 'not_interested', by: BY }),
    )
    const ledger = await readLedger(engine, id)
    expect(ledger.planned).toBe(240)
    expect(ledger.sending + ledger.held + ledger.failed).toBe(0)
    expect(await engine.db.scheduledEmail.count({ where: { campaignId: id, status: 'sent' } })).toBe(
      await engine.db.email.count({ where: { campaignId: id } }),
    )
  })

  it('leads can be suppressed', async () => {
    const id = await sendWhile(async (leads) => {
      for (const { email } of leads) await addSuppression(engine.deps, { value: email, reason: 'unsubscribed', by: BY })
    })
    const ledger = await readLedger(engine, id)
    expect(ledger.sending + ledger.held + ledger.failed).toBe(0)
  })

  it('leads can be deleted, and the campaign counts what is left', async () => {
    const id = await sendWhile(async (leads) => {
      for (const lead of leads) {
        // A mail to this lead is on the wire: refused, and as good as any answer.
        await deleteLeads(engine.deps, { ids: [lead.id], by: BY }).catch((error: { code?: string }) => {
          if (error.code !== 'in_use') throw error
        })
      }
    })
    const { planned, sent } = await readLedger(engine, id)
    expect(await engine.db.campaign.findUnique({ where: { id } })).toMatchObject({
      emailsScheduledCount: planned,
      emailsSentCount: sent,
    })
  })

  it('an import can fill them', async () => {
    const id = await sendWhile((leads) =>
      importLeads(engine.deps, {
        fileName: 'more.csv',
        text: ['email,city,region', ...leads.map(({ email }) => `${email},Kiel,North`)].join('\n'),
        by: BY,
      }),
    )
    expect(await readLedger(engine, id)).toMatchObject({ planned: 240, sent: 120 })
    expect(await engine.db.lead.count({ where: { city: 'Kiel', scheduledEmails: { some: { campaignId: id } } } })).toBe(
      120,
    )
  })
})
