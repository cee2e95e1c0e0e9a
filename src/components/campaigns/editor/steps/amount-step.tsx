'use client'

import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { Checkbox } from '@/components/ui/fields/checkbox'
import { Field } from '@/components/ui/fields/field'
import { InputWithUnit } from '@/components/ui/fields/input'
import { Stack } from '@/components/ui/layout'
import { formatOf } from '@/components/ui/numbers'
import type { CampaignType } from '@/domain/campaign/state'
import { sourcesWithCriteria } from '../../criteria/criteria-text'
import { mostPerRun } from '../../status/plan-text'
import type { Draft } from '../draft/use-draft'
import { RecurrenceFields } from './recurrence-fields'
import { CampaignZoneField, StartChoice } from './schedule-fields'

/** How much a run may bring, how often it comes, and for automated campaigns when its leads get email. */
export function AmountStep({
  type,
  draft,
  start,
  onStartChange,
}: {
  type: CampaignType
  draft: Draft
  start: string | null
  onStartChange: (start: string | null) => void
}) {
  return (
    <Stack className="max-w-[720px]">
      <Card>
        <CardHeader title="Amount" />
        <CardBody className="grid gap-4">
          <AmountFields draft={draft} />
        </CardBody>
      </Card>
      <Card>
        <CardHeader title="Schedule" />
        <CardBody className="grid gap-5">
          <RecurrenceFields draft={draft} />
          <StartChoice
            zone={draft.values.timezone}
            start={start}
            onStartChange={onStartChange}
            soon="The first run begins at once"
          />
          <CampaignZoneField draft={draft} />
        </CardBody>
      </Card>
      {type === 'fully_automated' && (
        <Card>
          <CardHeader title="Outreach" />
          <CardBody>
            <DelayField draft={draft} />
          </CardBody>
        </Card>
      )}
    </Stack>
  )
}

function AmountFields({ draft: { values, saving, change } }: { draft: Draft }) {
  const leadSources = sourcesWithCriteria(values.leadSources, values.leadCriteria)
  const most = mostPerRun({ ...values, leadSources })
  return (
    <>
      <Field
        label="Leads per run"
        hint={
          most && leadSources.length > 1
            ? `From ${leadSources.length} sources together: up to ${formatOf(most, 'lead')} per run.`
            : 'A run stops asking a source once it has found so many.'
        }
        error={saving.invalid.maxResultsPerRun}
      >
        <InputWithUnit
          type="number"
          min={1}
          max={10_000}
          inputMode="numeric"
          className="w-28 shrink-0"
          value={Number.isNaN(values.maxResultsPerRun) ? '' : values.maxResultsPerRun}
          onChange={({ target }) => change({ maxResultsPerRun: target.valueAsNumber })}
          after="at most from each source"
        />
      </Field>
      <Checkbox
        label="Put leads that are here already into the batch too"
        hint="They are counted as duplicates either way, and never overwritten."
        checked={values.addExistingLeads}
        onChange={({ target }) => change({ addExistingLeads: target.checked })}
      />
    </>
  )
}

function DelayField({ draft: { values, saving, change } }: { draft: Draft }) {
  return (
    <Field
      label="First email after a run"
      hint="0: as soon as the run has ended. It leaves at once if the sending window is open, else when it opens."
      error={saving.invalid.outreachDelayDays}
    >
      <InputWithUnit
        type="number"
        min={0}
        max={90}
        inputMode="numeric"
        className="w-20 shrink-0"
        value={Number.isNaN(values.outreachDelayDays) ? '' : values.outreachDelayDays}
        onChange={({ target }) => change({ outreachDelayDays: target.valueAsNumber })}
        after="days later"
      />
    </Field>
  )
}
