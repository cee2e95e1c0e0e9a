import type { Check, Fix } from '@/domain/campaign/preflight'
import { routes, withBack } from '@/routes'

const STEP_LABELS = {
  leads: 'Choose leads',
  sources: 'Choose sources',
  amount: 'Set schedule',
  sequence: 'Write emails',
} as const

/**
 * Where a pre-flight check is fixed, and the words of the link; null where nothing needs fixing. Other pages show a way
 * back to `back`, the address of the review.
 */
export function fixLink(check: Check, campaignId: string, back: string): { label: string; href: string } | null {
  if (!check.fix) return null
  const link = linkOf(check.fix, campaignId, back)
  if (check.subject === 'variables') return { ...link, label: 'Fix' }
  return check.subject === 'criteria' ? { ...link, label: 'Set criteria' } : link
}

function linkOf(fix: Fix, campaignId: string, back: string): { label: string; href: string } {
  switch (fix.kind) {
    case 'edit_step':
      return { label: STEP_LABELS[fix.step], href: routes.editCampaign(campaignId, { step: fix.step }) }
    case 'edit_template':
      return { label: 'Fix', href: withBack(routes.template(fix.templateId), back) }
    case 'open_campaign':
      return { label: 'See campaign', href: routes.campaign(fix.campaignId) }
    case 'lead_sources':
      return { label: 'Lead sources', href: withBack(routes.leadSources, back) }
    case 'mailboxes':
      return { label: 'Mailboxes', href: withBack(routes.mailboxes, back) }
    case 'settings':
      return { label: 'Add', href: routes.postalAddress({ back }) }
  }
}
