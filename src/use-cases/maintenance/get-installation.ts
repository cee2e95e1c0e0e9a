import { countSent, type InstallationRow, selectSendingCampaigns } from '@/db/queries/maintenance/select-installation'
import type { Sql } from '@/db/sql'
import { differingParts, type Installation } from '@/domain/installation'
import { describeEffects, type Reach } from '@/domain/installation-text'
import {
  hasTables,
  installationOf,
  loadInstallations,
  loadUnopened,
  type PresentInstallation,
} from './installation-facts'

export type InstallationView = {
  /** The installations that the database has had, the one that holds first; empty before the first start. */
  history: InstallationRow[]
  present: Installation
  /** The process would be refused. */
  refused: boolean
  /** What accepting `present` changes, a sentence a part. */
  effects: string[]
}

/** The database's installation beside that of this process, and what accepting the latter would affect. */
export async function getInstallation(sql: Sql, process: PresentInstallation): Promise<InstallationView> {
  const history = await loadInstallations(sql)
  const [stored = null] = history
  const present = installationOf(process)
  const reach = await loadReach(sql, process.encryptionKey)
  const sealed = reach.mailboxes.length + reach.leadSources.length
  return {
    history,
    present,
    refused: stored ? differingParts(stored, present).length > 0 : sealed > 0,
    effects: describeEffects(stored, present, reach),
  }
}

async function loadReach(sql: Sql, encryptionKey: string | null): Promise<Reach> {
  const unopened = await loadUnopened(sql, encryptionKey)
  if (!(await hasTables(sql, 'emails', 'campaigns', 'campaign_mailboxes', 'scheduled_emails')))
    return { ...unopened, emailsSent: 0, campaigns: [] }
  const campaigns = await selectSendingCampaigns(sql)
  return {
    ...unopened,
    emailsSent: await countSent(sql),
    campaigns: campaigns.filter(({ usesEnvironment }) => usesEnvironment),
  }
}
