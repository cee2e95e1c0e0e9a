'use client'

import { History, Megaphone } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { formatOf } from '@/components/ui/numbers'
import type { TemplateDetails } from '../api-types'
import type { TemplateForm } from './use-save-template'

/** What a save will reach, and what became of changes that were not saved. */
export function UseNote({ form, use }: { form: TemplateForm; use: TemplateDetails['usedBy'] | undefined }) {
  return (
    <>
      {form.outdated ? (
        <Callout
          tone="held"
          title="Somebody else saved this template since you began."
          action={<Button onClick={form.discard}>Drop my changes</Button>}
        >
          Your changes are not saved and will not replace theirs. Copy what you need, then drop them.
        </Callout>
      ) : (
        form.restored && (
          <Callout
            icon={History}
            title="Your unsaved changes are back."
            action={<Button onClick={form.discard}>Drop them</Button>}
          >
            They were kept in this tab when you left.
          </Callout>
        )
      )}
      {use && use.mailsPlanned > 0 && (
        <Callout icon={Megaphone} title={`${formatOf(use.mailsPlanned, 'planned email')} will say what you save here.`}>
          {campaignWords(use.campaigns)} Sent emails keep what they said.
        </Callout>
      )}
    </>
  )
}

function campaignWords(campaigns: TemplateDetails['usedBy']['campaigns']) {
  const live = campaigns.filter(({ status }) => status === 'running' || status === 'paused' || status === 'failed')
  const [first] = live
  if (!first) return ''
  const more = live.length > 1 ? ` and ${formatOf(live.length - 1, 'more campaign')}` : ''
  return `They belong to “${first.name}” (${first.status})${more}.`
}
