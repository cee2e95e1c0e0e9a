import { queryOne, type Sql } from '@/db/sql'

/**
 * How far a server has come in the log of changes, in bytes. Those of the same server and database, since the same promotion, can be
 * compared.
 */
export type Position = { server: string; promotion: string; at: bigint }

type Row = { server: string; promotion: string; at: string | null }

const positionOf = (row: Row | null): Position | null => (row?.at ? { ...row, at: BigInt(row.at) } : null)

/** The end of the log of the primary: it holds all that has been committed. Fails on a standby. */
export const selectPrimaryPosition = async (sql: Sql): Promise<Position | null> =>
  positionOf(
    await queryOne<Row>(sql)`
      SELECT system_identifier || '/' || (SELECT oid FROM pg_database WHERE datname = current_database()) AS server,
        ltrim(substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8), '0') AS promotion,
        (pg_current_wal_insert_lsn() - '0/0')::text AS at
      FROM pg_control_system()`,
  )

/**
 * Up to where a standby shows what was committed; null on a server that is none. Its promotion is that of its last checkpoint, some
 * minutes after it has followed a new primary: until then nobody knows whether it had something that this one never got.
 */
export const selectStandbyPosition = async (sql: Sql): Promise<Position | null> =>
  positionOf(
    await queryOne<Row>(sql)`
      SELECT system_identifier || '/' || (SELECT oid FROM pg_database WHERE datname = current_database()) AS server,
        upper(to_hex(timeline_id)) AS promotion, (pg_last_wal_replay_lsn() - '0/0')::text AS at
      FROM pg_control_system(), pg_control_checkpoint() WHERE pg_is_in_recovery()`,
  )
