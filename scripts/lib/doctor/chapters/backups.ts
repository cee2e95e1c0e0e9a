import { selectBackupState } from '../../../../src/db/queries/maintenance/backup-state'
import { isBackupRecent, isFailingNow } from '../../../../src/domain/backup/keep'
import { type Examination, fault, ok, unknown } from '../finding'

/** Scheduled backups are made, where the environment asks for them. */
export const backups: Examination = {
  name: 'backups',
  examine: async ({ sql, realNow }) => {
    const { madeAt, failedAt, triedAt, failure } = (await selectBackupState(sql)) ?? NONE
    if (failedAt && isFailingNow(triedAt, realNow))
      return [
        fault(
          `None could be made since ${failedAt.toISOString()}: ${failure}`,
          'Put that right: it is tried every hour. Until then: npm run backup -- FILE.',
        ),
      ]
    if (isBackupRecent(madeAt, realNow)) return [ok(`The last one was made ${madeAt?.toISOString()}.`)]
    if (!process.env.BACKUP_DIRECTORY?.trim())
      return [unknown('None is made by itself: BACKUP_DIRECTORY is not set here.')]
    return [
      fault(
        madeAt ? `None was made since ${madeAt.toISOString()}.` : 'None was made yet.',
        'Start a worker that has BACKUP_DIRECTORY and BACKUP_PASSPHRASE: it makes one within the hour.',
      ),
    ]
  },
}

const NONE = { madeAt: null, failedAt: null, triedAt: null, failure: null }
