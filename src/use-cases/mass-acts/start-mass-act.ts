import { countMatching } from '@/db/queries/mass-acts/count-matching'
import { insertAct } from '@/db/queries/mass-acts/write-acts'
import type { Deps } from '@/deps'
import { counted } from '@/domain/counted'
import { DomainError } from '@/domain/errors'
import { createBatch } from '@/use-cases/leads/create-batch'
import { matchingOf } from './matching'
import type { AskedMassAct } from './preview-mass-act'

export type StartMassAct = AskedMassAct & {
  /** How many the person saw that it is about. */
  expected: number
  /** Of a batch that is made for them. */
  batchName?: string | undefined
  by: string
}

/**
 * Begins an act on all leads that match, which a worker goes on with step by step; leads that come later are not among them. Refused
 * when another number matches by now than the person has seen. @throws {DomainError} conflict, not_found, invalid_input
 */
export async function startMassAct(
  deps: Deps,
  { kind, filter, choice: asked, expected, batchName, by }: StartMassAct,
): Promise<{ id: string; total: number }> {
  const { sql, clock, log, queue } = deps
  if (kind === 'status' && !asked.status)
    throw new DomainError('invalid_input', 'Choose a status. Nothing was changed.')
  if (kind === 'batch' && !asked.batchId && !batchName)
    throw new DomainError('invalid_input', 'Choose a batch. Nothing was changed.')
  const total = await countMatching(sql, await matchingOf(sql, filter))
  if (total !== expected)
    throw new DomainError(
      'conflict',
      `${counted(total, 'lead')} ${total === 1 ? 'matches' : 'match'} by now, not ${expected}. Nothing was changed. Look at the number, and say it again.`,
      { total },
    )
  if (total === 0) throw new DomainError('not_found', 'No lead matches any more. Nothing was changed.')
  const batchId = kind !== 'batch' ? undefined : (asked.batchId ?? (await makeBatch(deps, batchName ?? '', by)))
  const choice = kind === 'status' ? { status: asked.status } : batchId ? { batchId } : {}
  const act = await insertAct(sql, { kind, filter, choice, total, undoes: null, actor: by, at: clock.now() })
  if (!act) throw new DomainError('not_found', 'No lead matches any more. Nothing was changed.')
  log.info({ act: act.id, kind, total, by }, 'act on many leads begun')
  await queue.enqueueMassAct(act.id)
  return { id: act.id, total }
}

const makeBatch = async (deps: Deps, name: string, by: string) => (await createBatch(deps, { name, by })).id
