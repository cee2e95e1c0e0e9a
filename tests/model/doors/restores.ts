import { transaction } from '@/db/sql'
import { acceptRestore } from '@/use-cases/maintenance/accept-restore'
import { pauseRestored } from '@/use-cases/maintenance/paused-after-restore'
import { BY } from '../../support/engine'
import { type Installation, may } from '../installation'

/** Restores of backups that were made at that moment: the rows are there already, and what a restore does to them is done. */
export const restoreDoor = ({ deps }: Installation) => ({
  restore: () => {
    const at = deps.clock.now()
    return may(transaction(deps.sql, (tx) => pauseRestored(tx, { takenAt: at, at })))
  },
  acceptRestore: () => may(acceptRestore(deps, { by: BY })),
})
