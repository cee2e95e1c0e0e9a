import { insertBatch, lockBatch } from '@/db/queries/leads/insert-batch'
import { freezeLeads } from '@/db/queries/mass-acts/act-leads'
import { insertAct } from '@/db/queries/mass-acts/write-acts'
import { type Tx, transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { counted } from '@/domain/counted'
import { DomainError } from '@/domain/errors'
import type { MassChoice } from '@/domain/lists/mass-act'
import { matchingOf } from './matching'
import type { AskedMassAct } from './preview-mass-act'
import { refuseTooManyActs } from './refuse-too-many-acts'

export type StartMassAct = AskedMassAct & {
  /** How many the person saw that it is about. */
  expected: number
  /** Of a batch that is made for them. */
  batchName?: string | undefined
  by: string
}

/**
 * Begins an act on all leads that match, which a worker goes on with step by step. Whom it is about is written down as it begins, in one
 * transaction with it: leads that come or begin to match later are not among them. Refused when another number matches by now
 * than the person has seen. @throws {DomainError} conflict, not_found, invalid_input, in_use
 */
export async function startMassAct(deps: Deps, asked: StartMassAct): Promise<{ id: string; total: number }> {
  const { sql, clock, log, queue } = deps
  const { kind, filter, expected, by } = asked
  if (kind === 'status' && !asked.choice.status)
    throw new DomainError('invalid_input', 'Choose a status. Nothing was changed.')
  if (kind === 'batch' && !asked.choice.batchId && !asked.batchName)
    throw new DomainError('invalid_input', 'Choose a batch. Nothing was changed.')
  if (kind === 'leave' && !filter.batchId)
    throw new DomainError('invalid_input', 'Say which batch they leave. Nothing was changed.')
  const at = clock.now()
  const id = await transaction(sql, async (tx) => {
    await refuseTooManyActs(tx, by)
    const choice = await choiceOf(tx, asked, at)
    const { ids: _, ...kept } = filter
    const act = await insertAct(tx, { kind, filter: kept, choice, total: expected, actor: by, at })
    if (!act) throw new Error('The act was not inserted')
    const total = await freezeLeads(tx, act.id, await matchingOf(tx, filter))
    if (total === 0) throw new DomainError('not_found', 'No lead matches any more. Nothing was changed.')
    if (total !== expected) throw anotherNumber(total, expected)
    return act.id
  })
  log.info({ act: id, kind, total: expected, by }, 'act on many leads begun')
  await queue.enqueueMassAct(id)
  return { id, total: expected }
}

/** What is done to them; a batch is made where none is chosen, and is kept from being deleted until the act is there. */
async function choiceOf(tx: Tx, { kind, filter, choice, batchName = '' }: StartMassAct, at: Date): Promise<MassChoice> {
  if (kind === 'status') return { status: choice.status }
  if (kind === 'leave') return { batchId: filter.batchId, leaves: true }
  if (kind !== 'batch') return {}
  const batch = choice.batchId
    ? await lockBatch(tx, choice.batchId)
    : await insertBatch(tx, { name: batchName, description: null, at })
  if (!batch)
    throw new DomainError('not_found', 'This batch does not exist any more. Nothing was changed. Choose another batch.')
  return { batchId: batch.id }
}

export const anotherNumber = (total: number, expected: number) =>
  new DomainError(
    'conflict',
    `${counted(total, 'lead')} ${total === 1 ? 'matches' : 'match'} by now, not ${expected}. Nothing was changed. Look at the number, and say it again.`,
    { total },
  )
