import { endActIfWorking } from '@/db/queries/mass-acts/write-acts'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'

/** Stops an act after the step that it is at: what it has changed stays, the rest is as it was. @throws {DomainError} conflict */
export async function stopMassAct({ sql, clock, log }: Deps, { id, by }: { id: string; by: string }): Promise<void> {
  const stopped = await endActIfWorking(sql, { id, to: 'stopped', at: clock.now() })
  if (!stopped) throw new DomainError('conflict', 'This is over already. Nothing was stopped.')
  log.info({ act: id, by }, 'act on many leads stopped')
}
