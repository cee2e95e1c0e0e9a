import { existsSync } from 'node:fs'
import { isDiskFull } from '../../../../src/db/errors'
import { writeToDisk } from '../../../../src/db/queries/maintenance/check-writable'
import { freeMb, requireWritable } from '../../disk'
import { type Examination, fault, ok } from '../finding'

/** The disk of the data folder and that of the database take data. */
export const disk: Examination = {
  name: 'disk',
  examine: async ({ sql, settings: { dataDir } }) => {
    const ofDatabase = await writeToDisk(sql).then(
      () => ok('The disk of the database takes data.'),
      (error: unknown) => {
        if (!isDiskFull(error)) throw error
        return fault(
          'The disk of the database is full.',
          'Free some space there, or enlarge it; what waits goes on by itself. pg_wal grows where a replication slot is not read: look at pg_replication_slots.',
        )
      },
    )
    if (!existsSync(dataDir)) return [ofDatabase]
    requireWritable(dataDir)
    return [ofDatabase, ok(`The disk of ${dataDir} takes data, with ${freeMb(dataDir)} MB free.`)]
  },
}
