import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createDatabase } from '../../../src/db/client'
import { selectDatabaseTime } from '../../../src/db/queries/maintenance/select-database-time'
import { withDatabase } from '../app/installation'
import { isSandboxHere } from '../app/join-installation'
import { runningDatabase } from '../app/running-database'
import { type ExaminedAddress, examineDatabase } from '../database/database'
import { type DatabaseAddress, readAddress } from '../database/database-address'
import { Problem } from '../problem'
import { backups } from './chapters/backups'
import { clock } from './chapters/clock'
import { connections } from './chapters/connections'
import { disk } from './chapters/disk'
import { domains } from './chapters/domains'
import { installation } from './chapters/installation'
import { jobs } from './chapters/jobs'
import { keys } from './chapters/keys'
import { ledger } from './chapters/ledger'
import { mailboxes } from './chapters/mailboxes'
import { migrations } from './chapters/migrations'
import { replica } from './chapters/replica'
import { tables } from './chapters/tables'
import { workers } from './chapters/workers'
import { type Examination, type Finding, fault, type Installation, ok, unknown } from './finding'

/** In the order in which a person puts things right. */
const EXAMINATIONS: readonly Examination[] = [
  connections,
  replica,
  migrations,
  tables,
  installation,
  keys,
  clock,
  disk,
  mailboxes,
  domains,
  workers,
  jobs,
  ledger,
  backups,
]

/** An installation without a replica hears nothing of one. */
const examinationsOf = ({ replicaUrl }: Settings) => EXAMINATIONS.filter((one) => replicaUrl || one !== replica)

export type Chapter = { name: string; findings: Finding[] }

type Settings = Installation['settings']

/**
 * Looks at everything that this installation needs, and changes nothing: an embedded database that does not run is started for it.
 * Throws a Problem where there is no database yet.
 */
export async function examineInstallation(settings: Settings, log: (line: string) => void): Promise<Chapter[]> {
  const { databaseUrl, directUrl, replicaUrl, dataDir } = settings
  const known = databaseUrl ?? runningDatabase(dataDir)
  if (known) return examineAt({ databaseUrl: known, directUrl, replicaUrl }, settings)
  if (!existsSync(join(dataDir, 'postgres', 'PG_VERSION'))) {
    throw new Problem('There is no database yet: nothing is wrong with it. "npm start" makes one.')
  }
  let chapters: Chapter[] = []
  await withDatabase(log, async (url) => {
    chapters = await examineAt({ databaseUrl: url }, settings)
  })
  return chapters
}

type Addresses = { databaseUrl: string; directUrl?: string | undefined; replicaUrl?: string | undefined }

async function examineAt(given: Addresses, settings: Settings): Promise<Chapter[]> {
  const database = { name: 'database', findings: await lookAtDatabase(given, settings) }
  if (isTheEnd(database)) return [closed(database)]
  const { databaseUrl, directUrl } = given
  const address = directUrl ? readAddress(directUrl, 'DIRECT_DATABASE_URL') : readAddress(databaseUrl)
  return [database, ...(await examineStored(address, settings))]
}

/** What every other command would refuse to begin with. */
async function lookAtDatabase(given: Addresses, { queueSchema }: Settings): Promise<Finding[]> {
  try {
    return (await examineDatabase({ ...given, queueSchema })).flatMap(findingsOf)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return [fault(error.message, undefined, { hidesRest: true })]
  }
}

function findingsOf({ address: { variable, where }, checked }: ExaminedAddress): Finding[] {
  // Without its replica an installation is slower, and whole.
  const mayHide = variable !== 'DATABASE_REPLICA_URL'
  const name = `The database of ${variable} (${where})`
  return checked.map(({ fine, refusal, hidesRest }, place) =>
    refusal
      ? fault(`${name} ${refusal.state}.`, refusal.remedy, { hidesRest: hidesRest && mayHide })
      : ok(`${place === 0 ? name : 'It'} ${fine}.`),
  )
}

async function examineStored(address: DatabaseAddress, settings: Settings): Promise<Chapter[]> {
  const { sql, models, close } = createDatabase(address.href, { name: 'leadnexconnect-doctor', connections: 2 })
  const sandbox = isSandboxHere(settings)
  try {
    const chapters: Chapter[] = []
    for (const { name, examine } of examinationsOf(settings)) {
      const look = async () => {
        const row = await selectDatabaseTime(sql)
        if (!row) throw new Problem('The database did not say its time.')
        return examine({ address, sql, models, settings, sandbox, realNow: row.now })
      }
      const chapter = { name, findings: await look().catch((error: unknown) => [failed(error)]) }
      if (isTheEnd(chapter)) return [...chapters, closed(chapter)]
      chapters.push(chapter)
    }
    return chapters
  } finally {
    await close()
  }
}

const isTheEnd = ({ findings }: Chapter) => findings.some((finding) => finding.state === 'fault' && finding.hidesRest)

const closed = ({ name, findings }: Chapter): Chapter => ({
  name,
  findings: [...findings, unknown('The rest was not looked at: the database must be usable first.')],
})

/** What cannot be looked at is wrong: somebody has to know of it. */
function failed(error: unknown): Finding {
  const { message } = error as Error
  return error instanceof Problem ? fault(message) : fault(`Could not be looked at: ${message.trim()}`)
}
