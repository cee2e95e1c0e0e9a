import { findMigrationFault } from '../../database/migrations'
import { type Examination, fault, ok } from '../finding'

/** The tables are those of just this version. */
export const migrations: Examination = {
  name: 'migrations',
  examine: async ({ address }) => {
    const found = await findMigrationFault(address.href)
    if (!found) return [ok('The database is migrated to this version.')]
    return [fault(`The database ${found.state}.`, `${found.remedy}.`, { hidesRest: found.isEmpty })]
  },
}
