'use client'

import { useState } from 'react'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { RadioCards } from '@/components/ui/fields/radio-cards'
import { Deferred } from '@/components/ui/later/deferred'
import { later } from '@/components/ui/later/later'
import { Stack } from '@/components/ui/layout'
import { Skeleton } from '@/components/ui/skeleton'
import type { DraftValues } from '../draft/draft-values'
import type { Draft } from '../draft/use-draft'
import { StepSkeleton } from '../draft-skeleton'
import { AfterReply, EmailedBefore } from './who-is-left-out'

// One of them is seen.
const own = later(() => import('../sequence/own-sequence'))
const chosen = later(() => import('../sequence/chosen-sequence'))

type Kind = 'own' | 'workflow' | 'template'

const KINDS = [
  { value: 'own', label: 'Own emails', hint: 'Written here, for this campaign alone' },
  { value: 'workflow', label: 'A workflow', hint: 'Several emails, days apart' },
  { value: 'template', label: 'A single template', hint: 'One email to each lead' },
] as const

const kindOf = ({ useWorkflow, workflowId }: DraftValues): Kind =>
  useWorkflow ? (workflowId ? 'workflow' : 'own') : 'template'

/** The emails to send, their order and distance: written here, or one of those that are there. */
export function SequenceStep({ draft }: { draft: Draft }) {
  const { values, change } = draft
  // Looking for another sequence changes nothing before one is chosen.
  const [picked, setPicked] = useState<Kind | null>(null)
  const kind = picked ?? kindOf(values)
  const choose = (next: Kind) => {
    setPicked(next)
    if (next === 'template' && values.emailTemplateId) change({ useWorkflow: false })
    if (next === 'workflow' && values.workflowId) change({ useWorkflow: true })
    if (next === 'own' && kindOf(values) !== 'own') {
      const written = values.ownSteps.length > 0 ? { ownSteps: values.ownSteps } : {}
      change({ useWorkflow: true, workflowId: null, ...written })
    }
  }
  return (
    <Stack>
      <Card className="max-w-[720px]">
        <CardHeader title="What is sent" />
        <CardBody className="grid gap-4">
          <RadioCards
            legend={<span className="sr-only">Kind of sequence</span>}
            columns={3}
            value={kind}
            onValueChange={choose}
            options={KINDS}
          />
          {kind !== 'own' && (
            <Deferred part={chosen} waiting={<Skeleton className="h-14" />}>
              {({ SequenceChoice }) => <SequenceChoice kind={kind} draft={draft} />}
            </Deferred>
          )}
        </CardBody>
      </Card>
      {kind === 'own' && (
        <Deferred part={own} waiting={<StepSkeleton label="Loading the emails" />}>
          {({ OwnSequence }) => <OwnSequence draft={draft} />}
        </Deferred>
      )}
      <Stack className="max-w-[720px]">
        {kind === kindOf(values) && kind !== 'own' && (
          <Deferred part={chosen} waiting={<Skeleton className="h-24" />}>
            {({ ChosenSteps }) => <ChosenSteps draft={draft} />}
          </Deferred>
        )}
        <AfterReply draft={draft} />
        <EmailedBefore draft={draft} />
      </Stack>
    </Stack>
  )
}
