'use client'

import { SOURCE_PURPOSE } from '@/components/lead-sources/source-purpose'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { later } from '@/components/ui/later/later'
import { Stack } from '@/components/ui/layout'
import { SkeletonRows } from '@/components/ui/skeleton'
import { TextLink } from '@/components/ui/text-link'
import { LEAD_SOURCES, type LeadSourceName, SOURCE_LABELS } from '@/domain/lead-generation/criteria'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import { ApolloFields } from '../../criteria/apollo-fields'
import { withForms } from '../../criteria/criteria-values'
import { GooglePlacesFields } from '../../criteria/google-places-fields'
import { HunterFields } from '../../criteria/hunter-fields'
import { SourceProblem } from '../../criteria/source-state'
import type { Draft } from '../draft/use-draft'
import { ChoiceList } from './choice-list'
import { NameCard } from './name-card'

// What is stored is right; only what is typed may not be.
const checks = later(() => import('../../criteria/criteria-checks'))

/** The name of the campaign, its sources, and the criteria for each. */
export function SourcesStep({ draft }: { draft: Draft }) {
  const { values, change } = draft
  const chosen = LEAD_SOURCES.filter((source) => values.leadSources.includes(source))
  return (
    <Stack className="max-w-[720px]">
      <NameCard draft={draft} />
      <SourceChoice
        chosen={chosen}
        onChange={(leadSources) => change({ leadSources, leadCriteria: withForms(values.leadCriteria, leadSources) })}
      />
      {chosen.map((source) => (
        <Card key={source} aria-labelledby={`criteria-${source}`}>
          <CardHeader id={`criteria-${source}`} title={`What to look for at ${SOURCE_LABELS[source]}`} />
          <CardBody className="grid gap-5 pt-3">
            <Criteria source={source} draft={draft} />
          </CardBody>
        </Card>
      ))}
    </Stack>
  )
}

function SourceChoice({
  chosen,
  onChange,
}: {
  chosen: readonly LeadSourceName[]
  onChange: (sources: LeadSourceName[]) => void
}) {
  const sources = api.leadSources.list.useQuery()
  return (
    <Card>
      <CardHeader
        title="Sources"
        aside={
          <TextLink quiet href={routes.leadSources}>
            Lead sources
          </TextLink>
        }
      />
      {sources.error && !sources.data ? (
        <ErrorState title={messageOf(sources.error)} className="m-4" />
      ) : !sources.data ? (
        <SkeletonRows rows={3} label="Loading lead sources" />
      ) : (
        <div className="mt-2 border-t">
          <ChoiceList
            label="Sources"
            chosen={chosen}
            onChange={(ids) => onChange(LEAD_SOURCES.filter((source) => ids.includes(source)))}
            choices={sources.data.map((state) => ({
              id: state.source,
              label: state.label,
              note: SOURCE_PURPOSE[state.source],
              mark: <SourceProblem state={state} all={sources.data} chosen={chosen.includes(state.source)} />,
            }))}
          />
        </div>
      )}
    </Card>
  )
}

function Criteria({ source, draft: { values, change } }: { source: LeadSourceName; draft: Draft }) {
  const criteria = withForms(values.leadCriteria, [source])
  const errors = checks.use()?.criteriaErrors(criteria) ?? {}
  const set = <Part extends object>(before: Part | undefined, patch: Partial<Part>) =>
    change({ leadCriteria: { ...criteria, [source]: { ...before, ...patch } } })
  switch (source) {
    case 'apollo':
      return criteria.apollo ? (
        <ApolloFields criteria={criteria.apollo} errors={errors} change={(patch) => set(criteria.apollo, patch)} />
      ) : null
    case 'google_places':
      return criteria.google_places ? (
        <GooglePlacesFields
          criteria={criteria.google_places}
          errors={errors}
          change={(patch) => set(criteria.google_places, patch)}
        />
      ) : null
    case 'hunter':
      return criteria.hunter ? (
        <HunterFields criteria={criteria.hunter} errors={errors} change={(patch) => set(criteria.hunter, patch)} />
      ) : null
  }
}
