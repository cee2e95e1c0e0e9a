'use client'

import { Layers, Lock } from 'lucide-react'
import { useState } from 'react'
import { useBatchChoices } from '@/components/lists/use-choices'
import { ButtonLink } from '@/components/ui/button'
import { Card, CardHeader } from '@/components/ui/card'
import { useNow } from '@/components/ui/clock'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { SearchInput } from '@/components/ui/fields/search-input'
import { Split } from '@/components/ui/layout'
import { formatCount, formatOf } from '@/components/ui/numbers'
import { SkeletonRows } from '@/components/ui/skeleton'
import { TextLink } from '@/components/ui/text-link'
import { routes } from '@/routes'
import { messageOf } from '@/trpc/react'
import type { Batch, Preflight } from '../../api-types'
import { proposedName } from '../draft/proposed-name'
import type { Draft } from '../draft/use-draft'
import { ChoiceList } from './choice-list'
import { NameCard } from './name-card'
import { WhoGetsEmails } from './who-gets-emails'

const SEARCH_FROM = 8

/** The name of the campaign, and the batches that it writes to. */
export function LeadsStep({
  draft,
  preflight,
}: {
  draft: Draft
  preflight: { data: Preflight | undefined; error: unknown }
}) {
  const { values, changeNamed } = draft
  const now = useNow()
  const batches = useBatchChoices(values.batchIds)
  const choose = (batchIds: string[]) => {
    const names = (batches.rows ?? []).filter(({ id }) => batchIds.includes(id)).map(({ name }) => name)
    changeNamed(
      { batchIds },
      proposedName('outreach', { batches: names, now: now ?? new Date(), zone: values.timezone }),
    )
  }
  const chosen = (batches.rows ?? []).filter(({ id }) => values.batchIds.includes(id))
  return (
    <Split
      asideLabel="Who gets emails"
      aside={<WhoGetsEmails preflight={preflight} batches={chosen} nobody={values.batchIds.length === 0} />}
    >
      <NameCard draft={draft} />
      <Card>
        {batches.error && !batches.rows ? (
          <ErrorState title={messageOf(batches.error)} className="m-4" />
        ) : !batches.rows ? (
          <>
            <CardHeader title="Batches" />
            <SkeletonRows rows={1} label="Loading batches" />
          </>
        ) : batches.total === 0 ? (
          <EmptyState
            icon={Layers}
            title="No batches yet."
            action={<ButtonLink href={routes.importLeads()}>Import leads</ButtonLink>}
          >
            A batch is a named set of leads, such as one imported file.
          </EmptyState>
        ) : (
          <Batches
            campaignId={draft.id}
            all={batches.rows}
            total={batches.total}
            chosen={values.batchIds}
            onChange={choose}
            onTyped={batches.type}
          />
        )}
      </Card>
    </Split>
  )
}

function Batches({
  campaignId,
  all,
  total,
  chosen,
  onChange,
  onTyped,
}: {
  campaignId: string | null
  /** Of very many: the first, the chosen, and what was found. */
  all: readonly Batch[]
  total: number
  chosen: readonly string[]
  onChange: (ids: string[]) => void
  onTyped: (text: string) => void
}) {
  const [search, setSearch] = useState('')
  const change = (text: string) => {
    setSearch(text)
    onTyped(text)
  }
  const wanted = search.trim().toLowerCase()
  const shown = all.filter(({ name }) => name.toLowerCase().includes(wanted))
  return (
    <>
      <CardHeader title="Batches" aside={`${formatCount(chosen.length)} of ${formatCount(total)} chosen`} />
      {all.length >= SEARCH_FROM && (
        <div className="px-[18px] pt-1.5">
          <SearchInput label="Filter batches" value={search} onValueChange={change} className="sm:w-full" />
        </div>
      )}
      <div className="mt-2 max-h-[432px] overflow-y-auto border-t">
        {shown.length === 0 ? (
          <p className="px-[18px] py-6 text-center text-control text-ink-3">
            No batch has “{search.trim()}” in its name.
          </p>
        ) : (
          <ChoiceList
            label="Batches"
            chosen={chosen}
            onChange={onChange}
            choices={shown.map(({ id, name, description, leadCount, activeCampaign }) => ({
              id,
              label: name,
              note: description,
              figure: formatOf(leadCount, 'lead'),
              mark: activeCampaign && activeCampaign.id !== campaignId && <InUse campaign={activeCampaign} />,
            }))}
          />
        )}
      </div>
    </>
  )
}

function InUse({ campaign }: { campaign: { id: string; name: string } }) {
  return (
    <span className="inline-flex items-start gap-1 text-ink-2">
      <Lock aria-hidden className="mt-px size-3.5 shrink-0 text-held-ink" />
      <span>
        in use by <TextLink href={routes.campaign(campaign.id)}>{campaign.name}</TextLink>
      </span>
    </span>
  )
}
