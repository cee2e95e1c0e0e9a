'use client'

import { keepPreviousData } from '@tanstack/react-query'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { EmailView } from '@/components/campaigns/email/email-view'
import { Button, IconButton } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Card, CardHeader } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
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
  const go = (to: string | null | undefined) => to && setLead(to)
  return (
    <Card aria-labelledby="emails-to-read">
      <CardHeader
        id="emails-to-read"
        title="The emails"
        aside={
          steps > 1 && (
            <fieldset className="flex flex-wrap gap-1">
              <legend className="sr-only">Step</legend>
              {Array.from({ length: steps }, (_, i) => i + 1).map((step) => (
                <Button
                  key={step}
                  size="sm"
                  variant={step === stepNumber ? 'secondary' : 'ghost'}
                  aria-pressed={step === stepNumber}
                  onClick={() => setStep(step)}
                >
                  Step {step}
                </Button>
              ))}
            </fieldset>
          )
        }
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
        <div className="grid gap-3 px-[18px] pt-1 pb-[18px]">
          <div className="flex items-center gap-1 text-control">
            <IconButton
              icon={ChevronLeft}
              size="sm"
              label="Previous lead"
              disabled={!data.previousLead}
              onClick={() => go(data.previousLead)}
            />
            <IconButton
              icon={ChevronRight}
              size="sm"
              label="Next lead"
              disabled={!data.nextLead}
              onClick={() => go(data.nextLead)}
            />
            <span aria-live="polite" className="min-w-0 truncate px-1">
              {data.lead.name} <span className="text-caption text-ink-3">{data.templateName}</span>
            </span>
          </div>
          {data.failure && (
            <Callout tone="failed" title="This lead would not get the email.">
              {data.failure}
            </Callout>
          )}
          {data.content && <EmailView from={data.from} to={data.to} content={data.content} />}
        </div>
      )}
    </Card>
  )
}
