'use client'

import { formatOf } from '@/components/ui/numbers'
import type { TemplateDetails } from '../api-types'
import { UsageNotice } from '../usage-notice'
import type { TemplateForm } from './use-save-template'

/** The emails that will say what is saved here. */
export function TemplateUsage({ form, use }: { form: TemplateForm; use: TemplateDetails['usedBy'] | undefined }) {
  const planned = use?.emailsPlanned ?? 0
  return (
    <UsageNotice
      noun="template"
      form={form}
      title={planned > 0 ? `${formatOf(planned, 'planned email')} will say what you save here.` : null}
    >
      {use && campaignWords(use)} Sent emails keep what they said.
    </UsageNotice>
  )
}

function campaignWords({ campaigns: [first], liveCount }: TemplateDetails['usedBy']) {
  // Those under way stand first.
  if (!first || liveCount === 0) return ''
  const more = liveCount > 1 ? ` and ${formatOf(liveCount - 1, 'more campaign')}` : ''
  return `They belong to “${first.name}” (${first.status})${more}.`
}
