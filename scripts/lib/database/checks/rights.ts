import { identifier, psql } from '../database-address'
import { type DatabaseCheck, NOT_OF_EXTENSION, read } from './check'

/** `null`: the schema is not there. */
type Rights = { role: string; owner: string; mayCreate: boolean; inPublic: boolean | null; inQueue: boolean | null }

/** The role may make what a start makes. */
export const rights: DatabaseCheck = {
  name: 'rights',
  fine: 'lets its role make what is needed',
  find: async ({ client, address, queueSchema }) => {
    const [row] = await read<Rights>(
      client,
      `SELECT current_user AS role, pg_get_userbyid(datdba) AS owner,
         has_database_privilege(current_database(), 'CREATE') AS "mayCreate",
         has_schema_privilege(to_regnamespace('public'), 'USAGE')
           AND has_schema_privilege(to_regnamespace('public'), 'CREATE') AS "inPublic",
         has_schema_privilege(to_regnamespace($1), 'USAGE')
           AND has_schema_privilege(to_regnamespace($1), 'CREATE') AS "inQueue"
       FROM pg_database WHERE datname = current_database()`,
      [queueSchema],
    )
    if (!row) return null
    const role = identifier(row.role)
    const missing: string[] = []
    const grants: string[] = []
    if (row.inPublic === null) {
      missing.push('there is no schema public')
      grants.push(`CREATE SCHEMA public AUTHORIZATION ${role}`)
    } else if (!row.inPublic) {
      missing.push(`${row.role} may not create tables in its schema public`)
      grants.push(`GRANT USAGE, CREATE ON SCHEMA public TO ${role}`)
    }
    if (row.inQueue === false) {
      missing.push(`${row.role} may not create tables in its schema ${queueSchema}`)
      grants.push(`GRANT USAGE, CREATE ON SCHEMA ${queueSchema} TO ${role}`)
    } else if (row.inQueue === null && !row.mayCreate) {
      missing.push(`${row.role} may not create schemas in it (${queueSchema} is needed, for jobs)`)
      grants.push(`GRANT CREATE ON DATABASE ${identifier(address.database)} TO ${role}`)
    }
    if (missing.length === 0) return null
    return {
      state: `cannot be set up: ${missing.join(', and ')}`,
      remedy: `Give that right, as the owner of the database: ${psql(address, row.owner, grants.join('; '))}.`,
    }
  },
}

/** What is there already may be changed: by its owner, or a member of that role. */
export const owner: DatabaseCheck = {
  name: 'owner',
  fine: 'lets its role change what is there',
  find: async ({ client, address }) => {
    const rows = await read<{ owner: string; role: string }>(
      client,
      `SELECT DISTINCT pg_get_userbyid(relowner) AS owner, current_user AS role FROM pg_class
       WHERE relnamespace = to_regnamespace('public') AND relkind IN ('r', 'p') AND NOT pg_has_role(relowner, 'USAGE')
         AND to_regclass('public._prisma_migrations') IS NOT NULL AND ${NOT_OF_EXTENSION} ORDER BY 1`,
    )
    const [first] = rows
    if (!first) return null
    const grant = psql(address, 'postgres', `GRANT ${identifier(first.owner)} TO ${identifier(first.role)}`)
    return {
      state: `holds tables that belong to ${first.owner}, and ${first.role} is no member of that role`,
      remedy: `Name ${first.owner} in ${address.variable}, or make ${first.role} a member: ${grant}.`,
    }
  },
}
