import { editHref } from '@/components/campaigns/editor/draft/draft-steps'
import type { Check, Fix } from '@/domain/campaign/preflight'

const STEP_LABELS = {
  leads: 'Choose leads',
  sources: 'Choose sources',
  amount: 'Set schedule',
  sequence: 'Choose sequence',
} as const

/** Where a pre-flight check is fixed, and the words of the link; null where nothing needs fixing. */
export function fixLink(check: Check, campaignId: string): { label: string; href: string } | null {
  if (!check.fix) return null
  const link = linkOf(check.fix, campaignId)
  return check.subject === 'criteria' ? { ...link, label: 'Set criteria' } : link
}

function linkOf(fix: Fix, campaignId: string): { label: string; href: string } {
  switch (fix.kind) {
    case 'edit_step':
      return { label: STEP_LABELS[fix.step], href: editHref(campaignId, fix.step) }
    case 'edit_template':
      return { label: 'Fix', href: `/templates/${fix.templateId}` }
    case 'open_campaign':
      return { label: 'See campaign', href: `/campaigns/${fix.campaignId}` }
    case 'lead_sources':
      return { label: 'Lead sources', href: '/settings/lead-sources' }
    case 'mailboxes':
      return { label: 'Mailboxes', href: '/settings/mailboxes' }
    case 'settings':
      return { label: 'Add', href: '/settings' }
  }
}
