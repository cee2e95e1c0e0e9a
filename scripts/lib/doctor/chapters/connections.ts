import { CONNECTIONS } from '../../../../src/db/connection-counts'
import { selectConnectionLimits } from '../../../../src/db/queries/maintenance/select-connection-limits'
import { identifier, psql } from '../../database/database-address'
import { type Examination, fault, ok } from '../finding'

// docs/operations.md has them one by one: of the queues and the look of the web process, of the sandbox inbox, and of a command.
const BESIDE = 3 + 6 + 5 + 4

/** The app and one worker never wait for a connection. */
export const connections: Examination = {
  name: 'connections',
  examine: async ({ sql, address }) => {
    const limits = await selectConnectionLimits(sql)
    if (!limits) return []
    const web = numberOf('WEB_CONNECTIONS', CONNECTIONS.web)
    const worker = numberOf('WORKER_CONNECTIONS', CONNECTIONS.worker)
    const needed = web + worker + BESIDE
    const raise = (statement: string, then = '') =>
      `${psql(address, 'postgres', statement)}${then}, or take fewer: WEB_CONNECTIONS (${web} now), WORKER_CONNECTIONS (${worker} now).`
    const { server, ofDatabase, ofRole } = limits
    const tooFew = [
      {
        limit: server,
        of: 'the server (max_connections)',
        fix: raise('ALTER SYSTEM SET max_connections = 100', ', after that restart it'),
      },
      {
        limit: ofDatabase,
        of: 'this database',
        fix: raise(`ALTER DATABASE ${identifier(address.database)} CONNECTION LIMIT -1`),
      },
      {
        limit: ofRole,
        of: `the role ${address.user}`,
        fix: raise(`ALTER ROLE ${identifier(address.user)} CONNECTION LIMIT -1`),
      },
    ].filter(({ limit }) => limit !== null && limit < needed)
    if (tooFew.length === 0)
      return [ok(`The app and one worker take ${needed} connections at most, and there may be so many.`)]
    return tooFew.map(({ limit, of, fix }) =>
      fault(`The app and one worker take up to ${needed} connections, and ${of} allows ${limit}.`, fix),
    )
  },
}

const numberOf = (name: string, otherwise: number) => Number(process.env[name]?.trim() || otherwise)
