import { identifier, OWN_DATABASE, psql } from '../database-address'
import { type DatabaseCheck, read, readSetting, resetOf } from './check'

// Ids are made by uuidv7(), and statements read the row before their own change (RETURNING old): both came with 18.
const OLDEST_VERSION = 18

export const version: DatabaseCheck = {
  name: 'version',
  fine: 'is of a version that is new enough',
  hidesRest: true,
  find: async ({ client }) => {
    const [row] = await read<{ number: string }>(client, "SELECT current_setting('server_version_num') AS number")
    const found = Math.floor(Number(row?.number) / 10_000)
    if (found >= OLDEST_VERSION) return null
    return {
      state: `is PostgreSQL ${found}; ${OLDEST_VERSION} or newer is needed`,
      remedy: `Upgrade that server (pg_upgrade), or leave DATABASE_URL out: ${OWN_DATABASE}.`,
    }
  },
}

/** Names of people and places are written in all scripts, and search folds accents: both need Unicode. */
export const encoding: DatabaseCheck = {
  name: 'encoding',
  fine: 'stores text as UTF8',
  find: async ({ client, address }) => {
    const [row] = await read<{ encoding: string }>(client, "SELECT current_setting('server_encoding') AS encoding")
    if (!row || row.encoding === 'UTF8') return null
    const name = identifier(`${address.database}_utf8`)
    const created = `CREATE DATABASE ${name} TEMPLATE template0 ENCODING UTF8 LOCALE_PROVIDER builtin BUILTIN_LOCALE "C.UTF-8" LOCALE "C"`
    return {
      state: `stores text as ${row.encoding}, which cannot hold every name; UTF8 is needed`,
      remedy: `Create one that can, and name it in ${address.variable}: ${psql(address, address.user, created)}.`,
    }
  },
}

export const standby: DatabaseCheck = {
  name: 'standby',
  fine: 'is on no standby',
  find: async ({ client, address }) => {
    const [row] = await read<{ standby: boolean }>(client, 'SELECT pg_is_in_recovery() AS standby')
    if (!row?.standby) return null
    const promote = psql(address, 'postgres', 'SELECT pg_promote()')
    return {
      state: 'is on a standby, which follows another server and takes no changes',
      remedy: `Name the primary in ${address.variable}. Where that one is gone for good, promote this one: ${promote}.`,
    }
  },
}

/** Of a replica, which is looked at only while it follows: what takes changes by itself shows something else before long. */
export const isStandby: DatabaseCheck = {
  name: 'is-standby',
  fine: 'follows another server',
  find: async ({ client, address }) => {
    const [row] = await read<{ standby: boolean }>(client, 'SELECT pg_is_in_recovery() AS standby')
    if (row?.standby) return null
    return {
      state: 'takes changes: it is on no standby',
      remedy: `Name a standby of the server of DATABASE_URL (streaming replication) in ${address.variable}, or leave it out.`,
    }
  },
}

export const readOnly: DatabaseCheck = {
  name: 'read-only',
  fine: 'takes changes',
  find: async ({ client, address }) => {
    const name = 'default_transaction_read_only'
    const setting = await readSetting(client, name)
    if (setting?.value !== 'on') return null
    return { state: `takes no changes: ${name} is on`, remedy: `Turn it off: ${resetOf(address, name, setting)}.` }
  },
}
