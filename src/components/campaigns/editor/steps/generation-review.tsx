'use client'

import { Callout } from '@/components/ui/callout'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { type Definition, DefinitionList } from '@/components/ui/data/definition-list'
import { Split } from '@/components/ui/layout'
import { Time } from '@/components/ui/time'
import { withEstimate } from '@/domain/campaign/estimate-checks'
import { askedSources } from '@/domain/campaign/preflight'
import { sendingMailboxes } from '@/domain/campaign/sending-mailboxes'
import { SOURCE_LABELS } from '@/domain/lead-generation/criteria'
import { api } from '@/trpc/react'
import type { CampaignDetails, Preflight } from '../../api-types'
import { costWords, criteriaWords } from '../../criteria/criteria-text'
import { amountWords, outreachWords, recurrenceWords } from '../../status/plan-text'
import type { DraftValues } from '../draft/draft-values'
import { hasUnsaved } from '../draft/saving'
import type { Draft } from '../draft/use-draft'
import { EstimateCard } from './estimate-card'
import { PreflightCard } from './preflight-card'
import { useEstimate } from './use-estimate'

/** The plan of runs and of what follows each, and the checks before a start. */
export function GenerationReview({
  campaign,
  draft,
  preflight,
  startAt,
  keepStart,
}: {
  campaign: Pick<CampaignDetails, 'id' | 'type' | 'steps'>
  draft: Draft
  preflight: { data: Preflight | undefined; error: unknown }
  /** null: when Start is pressed. */
  startAt: Date | null
  keepStart: (href: string) => string
}) {
  const { values, saving } = draft
  const asksSources = values.leadSources.length > 0 && !hasUnsaved(saving)
  const estimate = useEstimate(campaign.id, { enabled: asksSources })
  const checked = preflight.data && {
    ...preflight.data,
    checks: withEstimate(preflight.data.checks, estimate.data?.sources ?? []),
  }
  return (
    <Split
      wide
      asideLabel="Before you start"
      aside={
        <PreflightCard campaignId={campaign.id} preflight={checked} error={preflight.error} keepStart={keepStart} />
      }
    >
      {startAt && (
        <Callout
          title={
            <>
              It would start <Time at={startAt} zone={values.timezone} />.
            </>
          }
        >
          No source is asked before, and you can take it back until then.
        </Callout>
      )}
      <Card aria-labelledby="each-run">
        <CardHeader id="each-run" title="Each run" aside={values.timezone} />
        <DefinitionList ruled className="mt-2 border-t" items={runItems(values, preflight.data, startAt)} />
      </Card>
      {campaign.type === 'fully_automated' && <AfterEachRun campaign={campaign} values={values} />}
      {values.leadSources.length > 0 && <EstimateCard estimate={estimate} />}
    </Split>
  )
}

function runItems(values: DraftValues, preflight: Preflight | undefined, startAt: Date | null): Definition[] {
  const { leadSources, leadCriteria, maxResultsPerRun, addExistingLeads, timezone } = values
  return [
    ...leadSources.map(
      (source): Definition => ({
        term: SOURCE_LABELS[source],
        value: criteriaWords(source, leadCriteria) ?? 'nothing asked for yet',
        note: costWords(source, leadCriteria, maxResultsPerRun || 0),
      }),
    ),
    {
      term: 'Brings',
      value: amountWords({ leadSources: askedSources(leadSources, preflight?.checks ?? []), maxResultsPerRun }),
      note: addExistingLeads
        ? 'Leads that are here already join the batch, and stay as they are.'
        : 'Leads that are here already are counted and left out of the batch.',
    },
    { term: 'First run', value: startAt ? <Time at={startAt} zone={timezone} zoneSaid /> : 'when Start is pressed' },
    { term: 'Runs', value: recurrenceWords(values) },
  ]
}

/** The plan of its emails, in words: before the first run there are no leads to count. */
function AfterEachRun({ campaign, values }: { campaign: Pick<CampaignDetails, 'steps'>; values: DraftValues }) {
  const { data: mailboxes = [] } = api.mailboxes.list.useQuery()
  const words = outreachWords({
    outreachDelayDays: values.outreachDelayDays,
    steps: campaign.steps,
    mailboxes: sendingMailboxes(mailboxes, values.mailboxIds).length,
  })
  return (
    <Card aria-labelledby="after-each-run">
      <CardHeader id="after-each-run" title="After each run" />
      <CardBody className="grid gap-2 text-ink-2">
        {words.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <p>
          {values.isRecurring
            ? 'The campaign stays running between its runs, until no run is due any more and nothing is left to send.'
            : 'It completes once nothing is left to send.'}
        </p>
      </CardBody>
    </Card>
  )
}
