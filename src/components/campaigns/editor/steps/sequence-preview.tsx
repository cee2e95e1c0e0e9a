'use client'

import { keepPreviousData } from '@tanstack/react-query'
import { useState } from 'react'
import { EmailView } from '@/components/campaigns/email/email-view'
import { personWords } from '@/components/messages/person-words'
import { Callout } from '@/components/ui/callout'
import { Card, CardHeader } from '@/components/ui/card'
import { Neighbours } from '@/components/ui/data/neighbours'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { ChoiceButtons } from '@/components/ui/fields/choice-buttons'
import { SkeletonRows } from '@/components/ui/skeleton'
import { api, messageOf } from '@/trpc/react'

/** Every step to every lead that a start would write to, one at a time. */
export function SequencePreview({ campaignId, steps }: { campaignId: string; steps: number }) {
  const [stepNumber, setStep] = useState(1)
  const [leadId, setLead] = useState<string>()
  const preview = api.campaigns.sequencePreview.useQuery(
    { campaignId, stepNumber, leadId },
    { placeholderData: keepPreviousData },
  )
  const { data, error } = preview
  const wayTo = (to: string | null) => (to === null ? null : () => setLead(to))
  const options = Array.from({ length: steps }, (_, i) => ({ value: i + 1, label: `Step ${i + 1}` }))
  return (
    <Card aria-labelledby="emails-to-read">
      <CardHeader
        id="emails-to-read"
        title="The emails"
        aside={steps > 1 && <ChoiceButtons legend="Step" options={options} value={stepNumber} onChange={setStep} />}
      />
      {error ? (
        <ErrorState className="m-[18px]" title={messageOf(error)} untouched="Nothing was changed." />
      ) : data === undefined ? (
        <SkeletonRows rows={5} label="Loading the email" />
      ) : data === null ? (
        <EmptyState title="Nobody would get an email.">
          Choose leads, and each email to each of them shows here.
        </EmptyState>
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-3 px-[18px] pt-1 pb-[18px]">
          <div className="flex items-center gap-1 text-control">
            <Neighbours noun="lead" size="sm" previous={wayTo(data.previousLead)} next={wayTo(data.nextLead)} />
            <span aria-live="polite" className="min-w-0 truncate px-1">
              {data.lead.name} <span className="text-caption text-ink-3">{data.templateName}</span>
            </span>
          </div>
          {data.failure && (
            <Callout tone="failed" title="This lead would not get the email.">
              {data.failure}
            </Callout>
          )}
          {data.content && <EmailView from={personWords(data.from)} to={data.to} content={data.content} />}
        </div>
      )}
    </Card>
  )
}
