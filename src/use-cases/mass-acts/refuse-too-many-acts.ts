import { lockOpenActs } from '@/db/queries/mass-acts/select-acts'
import type { Tx } from '@/db/sql'
import { DomainError } from '@/domain/errors'
import { OPEN_AT_ONCE } from '@/domain/lists/mass-act'

/** Lets one person have so many acts at work at a time; until the transaction ends nobody begins one in their name. @throws {DomainError} in_use */
export async function refuseTooManyActs(tx: Tx, by: string): Promise<void> {
  if ((await lockOpenActs(tx, by)) < OPEN_AT_ONCE) return
  throw new DomainError(
    'in_use',
    `${OPEN_AT_ONCE} of your changes of many leads are at work already. Nothing was changed. Wait until one is over, or stop one.`,
  )
}
