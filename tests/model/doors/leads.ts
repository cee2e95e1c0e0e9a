import type { LeadStatus } from '@/domain/lead/status'
import type { MassChoice } from '@/domain/lists/mass-act'
import { unsubscribeToken } from '@/lib/encryption'
import { deleteBatch } from '@/use-cases/leads/delete-batch'
import { deleteLeads } from '@/use-cases/leads/delete-leads'
import { importLeads } from '@/use-cases/leads/import-leads'
import { previewRollback, rollBackImport } from '@/use-cases/leads/roll-back-import'
import { runImport } from '@/use-cases/leads/run-import'
import { setLeadStatus } from '@/use-cases/leads/set-lead-status'
import { updateLead } from '@/use-cases/leads/update-lead'
import { previewMassAct } from '@/use-cases/mass-acts/preview-mass-act'
import { runMassAct } from '@/use-cases/mass-acts/run-mass-act'
import { startMassAct } from '@/use-cases/mass-acts/start-mass-act'
import { undoMassAct } from '@/use-cases/mass-acts/undo-mass-act'
import { addSuppression } from '@/use-cases/suppression/add-suppression'
import { unsubscribe } from '@/use-cases/suppression/unsubscribe'
import { BY } from '../../support/engine'
import { batchId, type Installation, leadId, may, NO_ID } from '../installation'
import type { Doing, Whom } from '../rules/mass-acts'

/** What is done to people: one, those of a file, or many at once. */
export function leadDoor(at: Installation) {
  const { deps, pool, ids } = at
  return {
    deleteBatch: (index: number) => may(deleteBatch(deps, { id: batchId(at, index), by: BY })),
    deleteLead: (index: number) => may(deleteLeads(deps, { ids: [leadId(at, index)], by: BY })),
    setStatus: (index: number, status: Parameters<typeof setLeadStatus>[1]['status']) =>
      may(setLeadStatus(deps, { ids: [leadId(at, index)], status, by: BY })),
    suppress: (value: string) => may(addSuppression(deps, { value, by: BY })),
    unsubscribe: async (key: string) => {
      const [c, l, step] = key.split('/').map(Number)
      const { rows } = await pool.query<{ id: string }>(
        'SELECT id FROM scheduled_emails WHERE campaign_id = $1 AND lead_id = $2 AND workflow_step_number = $3',
        [ids.campaigns[c ?? 0], leadId(at, l ?? 0), step],
      )
      return unsubscribe(deps, { token: unsubscribeToken(deps.config.consentKey, rows[0]?.id ?? '') })
    },
    changeAddress: (index: number, email: string) => may(updateLead(deps, { id: leadId(at, index), email, by: BY })),
    importRow: async (batch: number, row: { email: string; company: string }, index: number) => {
      const text = `email,company\n${row.email},${row.company}\n`
      const done = await may(importLeads(deps, { fileName: 'rows.csv', text, batchId: batchId(at, batch), by: BY }))
      const { rows } = await pool.query<{ id: string }>('SELECT id FROM leads WHERE email = $1', [row.email])
      if (rows[0]) ids.leads.set(index, rows[0].id)
      if (done) ids.imports.push((await deps.db.leadImport.findFirstOrThrow({ orderBy: { id: 'desc' } })).id)
      return done
    },
    /** Looks at what it would do, agrees to it, and works on it to its end. */
    rollBack: (place: number) => {
      const id = ids.imports[place] ?? NO_ID
      const roll = async () => {
        const { removed, restored } = await previewRollback(deps, { id })
        await rollBackImport(deps, { id, expected: { removed, restored }, by: BY })
        await runImport(deps, { importId: id })
      }
      return may(roll())
    },
    doToMany: ({ kind, ...choice }: Doing, { status, batch }: Whom) => {
      const of = batch === undefined ? {} : { batchId: batchId(at, batch) }
      const asked = {
        kind,
        choice: choice as MassChoice,
        filter: { ...(status && { statuses: [status as LeadStatus] }), ...of },
      }
      const act = async () => {
        const { total: expected } = await previewMassAct(deps, asked)
        const { id } = await startMassAct(deps, { ...asked, expected, by: BY })
        await runMassAct(deps, { massActId: id })
        ids.acts.push(id)
      }
      return may(act())
    },
    undo: (place: number) => {
      const take = async () => {
        const { id } = await undoMassAct(deps, { id: ids.acts[place] ?? NO_ID, by: BY })
        await runMassAct(deps, { massActId: id })
      }
      return may(take())
    },
  }
}
