'use client'

import { keepPreviousData } from '@tanstack/react-query'
import { UsersRound } from 'lucide-react'
import { debounce, useQueryStates } from 'nuqs'
import { useDebounced } from '@/components/hooks/use-debounced'
import { shownColumns } from '@/components/lists/columns/list-columns'
import { useListColumns } from '@/components/lists/columns/use-list-columns'
import { ExportLink } from '@/components/lists/export-link'
import { ListTools } from '@/components/lists/list-tools'
import { SearchedNewest } from '@/components/lists/searched-newest'
import { Card } from '@/components/ui/card'
import { Cell } from '@/components/ui/data/cell'
import { type Column, DataTable } from '@/components/ui/data/data-table'
import { PlacePager } from '@/components/ui/data/place-pager'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { SearchInput } from '@/components/ui/fields/search-input'
import { SkeletonRows } from '@/components/ui/skeleton'
import { TextLink } from '@/components/ui/text-link'
import { Time } from '@/components/ui/time'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import type { CampaignDetails, CampaignEmail } from '../../api-types'
import { detailParsers } from '../../detail-search-params'
import { EmailStatusChip } from '../../status/email-status'
import { CAMPAIGN_LEAD_COLUMNS } from './email-columns'
import { emailTime } from './email-text'

const PAGE_SIZE = 50

/** The leads this campaign writes to, each once, with the state of its first email; a row leads to all emails of it. */
export function LeadsTab({ campaign }: { campaign: CampaignDetails }) {
  const { id: campaignId, timezone } = campaign
  const [{ search, after, before }, setAddress] = useQueryStates(detailParsers)
  const choice = useListColumns(CAMPAIGN_LEAD_COLUMNS)
  const wanted = useDebounced(search.trim(), 200)
  const leads = api.campaigns.emails.useQuery(
    {
      campaignId,
      stepNumber: 1,
      pageSize: PAGE_SIZE,
      ...(after ? { after } : before ? { before } : {}),
      ...(wanted ? { search: wanted } : {}),
    },
    { placeholderData: keepPreviousData },
  )
  const changeSearch = (next: string) =>
    setAddress({ search: next, after: null, before: null }, { limitUrlUpdates: debounce(300), history: 'replace' })
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <SearchInput label="Filter by lead or address" value={search} onValueChange={changeSearch} />
        <ListTools choice={choice} views="campaign-leads">
          {Boolean(leads.data?.rows.length) && <ExportLink list="leads" campaign={campaignId} search={search} />}
        </ListTools>
      </div>
      {leads.data?.searchedNewest && (
        <p className="mb-3">
          <SearchedNewest many="leads" newest={leads.data.searchedNewest} />
        </p>
      )}
      {leads.error && !leads.data ? (
        <ErrorState title={messageOf(leads.error)} untouched="Nothing was changed." />
      ) : (
        <Card className={leads.isPlaceholderData ? 'opacity-70 transition-opacity' : ''}>
          {!leads.data ? (
            <SkeletonRows rows={8} label="Loading leads" />
          ) : leads.data.rows.length === 0 ? (
            <EmptyState icon={UsersRound} title={wanted ? 'No lead matches.' : 'No leads yet.'}>
              {wanted ? 'Try fewer letters.' : 'They are counted and planned when the campaign starts.'}
            </EmptyState>
          ) : (
            <>
              <DataTable
                caption="Leads of this campaign"
                rows={leads.data.rows}
                rowKey={({ leadId }) => leadId}
                rowHref={({ leadId }) => routes.lead(leadId)}
                columns={shownColumns(CAMPAIGN_LEAD_COLUMNS, columns(campaignId, timezone), choice.shown)}
              />
              <PlacePager
                page={leads.data}
                noun="lead"
                href={(place) => routes.campaign(campaignId, { tab: 'leads', search, columns: choice.said, ...place })}
              />
            </>
          )}
        </Card>
      )}
    </>
  )
}

const columns = (campaignId: string, zone: string): Column<CampaignEmail>[] => [
  {
    key: 'lead',
    header: 'Lead',
    cell: ({ leadName, email }) => (
      <span className="block [overflow-wrap:anywhere]">
        <Cell note={email}>{leadName}</Cell>
      </span>
    ),
  },
  {
    key: 'first',
    header: 'First email',
    align: 'left',
    card: 'full',
    cell: ({ status }) => <EmailStatusChip status={status} />,
  },
  {
    key: 'when',
    header: `When, ${zone}`,
    cell: (email) => {
      const { at, word } = emailTime(email)
      return (
        <Cell note={word}>
          <Time at={at} zone={zone} zoneSaid />
        </Cell>
      )
    },
  },
  { key: 'mailbox', header: 'From', align: 'left', cell: ({ mailbox }) => mailbox },
  {
    key: 'emails',
    header: 'All steps',
    card: 'full',
    cell: ({ email, leadName }) => (
      <TextLink
        href={routes.campaign(campaignId, { tab: 'emails', search: email })}
        aria-label={`Emails to ${leadName}`}
      >
        Emails
      </TextLink>
    ),
  },
]
