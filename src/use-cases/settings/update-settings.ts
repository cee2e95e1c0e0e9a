import {
  type CampaignInNeed,
  lockSettings,
  selectCampaignsInNeed,
  selectTemplatesOfCampaigns,
} from '@/db/queries/settings/campaigns-in-need'
import { updateSettingsRow } from '@/db/queries/settings/update-settings-row'
import { closeSendGate } from '@/db/send-gate'
import { type Tx, transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { goesOut } from '@/domain/delivery/mailbox-health'
import { DomainError } from '@/domain/errors'
import { missingVariables } from '@/domain/message/problems'
import { compileTemplate, parseTemplate } from '@/domain/message/render'
import { VARIABLE_NAMES } from '@/domain/message/variables'
import { isSamplePostalAddress, type SettingsInput } from '@/domain/settings'
import { getSettings, type SettingsView } from './get-settings'

/**
 * Saves the settings that are given. No email made with the old ones leaves once this has committed. What emails that leave
 * this machine must say of who sends them stays while a campaign needs it; of a start and such a save at once one wins.
 * @throws {DomainError} in_use
 */
export async function updateSettings(
  deps: Deps,
  { checklistDismissed, ...patch }: SettingsInput,
): Promise<SettingsView> {
  const at = deps.clock.now()
  const dismissed = checklistDismissed === undefined ? {} : { checklistDismissedAt: checklistDismissed ? at : null }
  await transaction(deps.sql, async (tx) => {
    // Before the gate, as a start takes them: the other way round the two would wait for each other.
    await lockSettings(tx)
    await closeSendGate(tx)
    await refuseToEmpty(tx, deps, patch)
    await updateSettingsRow(tx, { ...patch, ...dismissed }, at)
  })
  return getSettings(deps)
}

async function refuseToEmpty(tx: Tx, { config }: Deps, { postalAddress, companyName }: SettingsInput): Promise<void> {
  const losesAddress =
    postalAddress !== undefined && (postalAddress.trim() === '' || isSamplePostalAddress(postalAddress))
  const losesName = companyName !== undefined && companyName.trim() === ''
  if (!losesAddress && !losesName) return
  const inNeed = (await selectCampaignsInNeed(tx)).filter(({ kinds }) =>
    kinds.some((kind) => goesOut({ kind }, config.sandbox)),
  )
  if (losesAddress && inNeed.length > 0) {
    throw refusal(inNeed, 'The postal address is needed', 'every campaign email must carry it', 'another address')
  }
  const named = losesName ? await naming(tx, inNeed) : []
  if (named.length > 0) {
    throw refusal(named, 'The company name is needed', 'templates use it as {{ sender_company }}', 'another name')
  }
}

/** Those whose emails cannot be made without the name of the company. */
async function naming(tx: Tx, campaigns: readonly CampaignInNeed[]): Promise<CampaignInNeed[]> {
  const templates = await selectTemplatesOfCampaigns(
    tx,
    campaigns.map(({ id }) => id),
  )
  const others = new Set([...VARIABLE_NAMES].filter((name) => name !== 'sender_company'))
  const needing = templates.filter(
    (template) =>
      parseTemplate(template).length === 0 &&
      missingVariables(compileTemplate(template), others).includes('sender_company'),
  )
  return campaigns.filter(({ id }) => needing.some(({ campaignId }) => campaignId === id))
}

function refusal(campaigns: readonly CampaignInNeed[], fact: string, why: string, other: string): DomainError {
  const names = campaigns.map(({ name, status }) => `“${name}” (${status})`).join(', ')
  return new DomainError(
    'in_use',
    `${fact} by ${names}: ${why}. Nothing was saved. Enter ${other}, or stop ${campaigns.length === 1 ? 'it' : 'them'} first.`,
    { campaigns: campaigns.map(({ id, name, status }) => ({ id, name, status })) },
  )
}
