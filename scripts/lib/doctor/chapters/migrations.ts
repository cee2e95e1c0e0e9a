import { findMigrationFault } from '../../database/migrations'
import { type Examination, fault, ok } from '../finding'

/** The tables are those of just this version. */
export const migrations: Examination = {
  name: 'migrations',
  examine: async ({ address }) => {
    const found = await findMigrationFault(address.href)
    return [
      found
        ? fault(`The database ${found.state}.`, `${found.remedy}.`)
        : ok('The database is migrated to this version.'),
    ]
  },
}
