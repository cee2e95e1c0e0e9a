import { Card, CardHeader } from '@/components/ui/card'
import { type Definition, DefinitionList } from '@/components/ui/data/definition-list'
import { formatCount } from '@/components/ui/numbers'
import { SOURCE_LABELS } from '@/domain/lead-generation/criteria'
import type { CampaignDetails } from '../api-types'
import { criteriaWords } from '../criteria/criteria-text'
import { delayWords, recurrenceWords } from '../status/plan-text'

/** The criteria of a campaign's runs, their size and recurrence. */
export function GenerationSettings({ campaign }: { campaign: CampaignDetails }) {
  const { leadSources, leadCriteria, maxResultsPerRun, addExistingLeads, type, outreachDelayDays } = campaign
  return (
    <>
      <Card>
        <CardHeader title="Sources & criteria" />
        <DefinitionList
          items={leadSources.map(
            (source): Definition => ({
              term: SOURCE_LABELS[source],
              value: criteriaWords(source, leadCriteria) ?? 'nothing asked for',
            }),
          )}
        />
      </Card>
      <Card>
        <CardHeader title="Runs" aside={campaign.timezone} />
        <DefinitionList
          items={[
            {
              term: 'At most',
              value: maxResultsPerRun === null ? 'no cap' : `${formatCount(maxResultsPerRun)} leads per source and run`,
            },
            { term: 'Leads that are here already', value: addExistingLeads ? 'join the batch' : 'are left out' },
            { term: 'Come', value: recurrenceWords(campaign) },
            ...(type === 'fully_automated' ? [{ term: 'First email', value: delayWords(outreachDelayDays) }] : []),
          ]}
        />
      </Card>
    </>
  )
}
