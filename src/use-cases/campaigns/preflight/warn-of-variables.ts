import type { Check } from '@/domain/campaign/preflight'
import { missingVariables } from '@/domain/message/problems'
import { compileTemplate, parseTemplate } from '@/domain/message/render'
import type { CampaignWithParts } from '../load-campaign'
import { fixOfText } from './fix-of-text'

// What every lead of every source has: an address, and a company almost always.
const SURE = new Set(['email', 'company_name', 'campaign_name'])

/** Warnings of variables that found leads may lack: a lead without one is left out when its batch is planned. */
export function warnOfVariables(campaign: CampaignWithParts): Check[] {
  return campaign.sequence.flatMap(({ stepNumber, template }): Check[] => {
    if (parseTemplate(template).length > 0) return []
    const missing = missingVariables(compileTemplate(template), SURE).filter((name) => !name.startsWith('sender_'))
    if (missing.length === 0) return []
    const fix = fixOfText(campaign, template)
    return [
      { subject: 'variables', level: 'warn', kind: 'variables_uncertain', variables: missing, step: stepNumber, fix },
    ]
  })
}
