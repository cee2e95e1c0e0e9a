import { type BrokenPart, selectBrokenParts } from '../../../../src/db/queries/maintenance/select-broken-parts'
import { type DatabaseAddress, identifier, psql } from '../../database/database-address'
import { type Examination, type Finding, fault, ok } from '../finding'

/** Nothing of the tables is broken in a way that PostgreSQL tells nobody. */
export const tables: Examination = {
  name: 'tables',
  examine: async ({ sql, address }) => {
    const broken = await selectBrokenParts(sql)
    if (broken.length === 0) return [ok('Indexes, triggers and sort order are whole.')]
    return broken.map((part) => findingOf(part, address))
  },
}

function findingOf({ kind, name }: BrokenPart, address: DatabaseAddress): Finding {
  switch (kind) {
    case 'index':
      return fault(
        `The index ${name} was never finished, so it is kept and not used.`,
        `Build it anew: ${psql(address, address.user, `REINDEX INDEX CONCURRENTLY ${name}`)}.`,
      )
    case 'triggers':
      return fault(
        `Triggers of ${name} are switched off, as by a restore that was cut off: counts and references go wrong.`,
        `Switch them on: ${psql(address, 'postgres', `ALTER TABLE ${name} ENABLE TRIGGER ALL`)}.`,
      )
    case 'collation': {
      const database = identifier(address.database)
      const both = `REINDEX DATABASE ${database}`
      return fault(
        `The server sorts text otherwise than when the indexes were made (version ${name} of the collation), so they miss rows.`,
        `Stop the app, then ${psql(address, 'postgres', both)}, then ${psql(address, 'postgres', `ALTER DATABASE ${database} REFRESH COLLATION VERSION`)}.`,
      )
    }
  }
}
