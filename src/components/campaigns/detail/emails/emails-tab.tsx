'use client'

import { keepPreviousData } from '@tanstack/react-query'
import { MailX } from 'lucide-react'
import { debounce, useQueryStates } from 'nuqs'
import { useDebounced } from '@/components/hooks/use-debounced'
import { AsOf } from '@/components/lists/as-of'
import { useListColumns } from '@/components/lists/columns/use-list-columns'
import { SearchedNewest } from '@/components/lists/searched-newest'
import { useChosen } from '@/components/lists/use-chosen'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { useNow } from '@/components/ui/clock'
import { PlacePager } from '@/components/ui/data/place-pager'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { later } from '@/components/ui/later/later'
import { LaterDialog } from '@/components/ui/overlays/later-dialog'
import { SkeletonRows } from '@/components/ui/skeleton'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import type { CampaignDetails, CampaignEmail, Progress } from '../../api-types'
import { detailParsers } from '../../detail-search-params'
import { EMAIL_COLUMNS } from './email-columns'
import { EmailsBar } from './emails-bar'
import { EmailsFilters } from './emails-filters'
import { EmailsTable } from './emails-table'

const reader = later(() => import('@/components/campaigns/email/email-dialog'))

const PAGE_SIZE = 50
const POLL_MS = 5_000
/** The first page. */
const FIRST = { after: null, before: null }
const TYPED = { limitUrlUpdates: debounce(300), history: 'replace' } as const

/** Every planned email with its state, its time and its reason. */
export function EmailsTab({
  campaign,
  progress,
  everyMs,
}: {
  campaign: CampaignDetails
  progress: Progress
  everyMs: number
}) {
  const campaignId = campaign.id
  const [{ status, step, search, after, before }, setAddress] = useQueryStates(detailParsers)
  const emails = useEmails(campaignId, Math.max(POLL_MS, everyMs))
  const choice = useListColumns(EMAIL_COLUMNS)
  const columns = choice.said
  const now = useNow(30_000)
  const { chosen, toggle, clear } = useChosen<CampaignEmail>(JSON.stringify([status, step, search.trim()]))
  const filtered = Boolean(status || step || search.trim())
  const hrefOf = (id: string) =>
    routes.campaign(campaignId, { tab: 'emails', status, step, search, columns, after, before, email: id })
  return (
    <>
      <EmailsFilters
        campaignId={campaignId}
        progress={progress}
        address={{ status, step, search }}
        choice={choice}
        onSearch={(next) => setAddress({ search: next, ...FIRST }, TYPED)}
        onStep={(next) => setAddress({ step: next, ...FIRST })}
      />
      <AsOf at={emails.data?.asOf} />
      {emails.data?.searchedNewest && (
        <p className="mb-3">
          <SearchedNewest many="leads" newest={emails.data.searchedNewest} />
        </p>
      )}
      <EmailsBar
        campaign={campaign}
        ledger={progress.ledger}
        status={status}
        chosen={[...chosen.values()]}
        onClear={clear}
      />
      {emails.error && !emails.data ? (
        <ErrorState title={messageOf(emails.error)} untouched="Nothing was changed, and emails go on as planned." />
      ) : (
        <Card className={emails.isPlaceholderData ? 'opacity-70 transition-opacity' : ''}>
          {!emails.data ? (
            <SkeletonRows rows={8} label="Loading emails" />
          ) : emails.data.rows.length === 0 ? (
            <NoEmails campaignId={campaignId} filtered={filtered} />
          ) : (
            <>
              <EmailsTable
                rows={emails.data.rows}
                zone={campaign.timezone}
                now={now ?? undefined}
                hrefOf={hrefOf}
                chosen={chosen}
                onToggle={toggle}
                columns={choice.shown}
              />
              <PlacePager
                page={emails.data}
                noun="email"
                href={(place) =>
                  routes.campaign(campaignId, { tab: 'emails', status, step, search, columns, ...place })
                }
              />
            </>
          )}
        </Card>
      )}
      <OpenEmail among={emails.data?.rows.map(({ id }) => id) ?? []} />
    </>
  )
}

/** The emails that the address asks for, once typing has paused, read again every `everyMs`. */
function useEmails(campaignId: string, everyMs: number) {
  const [{ status, step, search, after, before }] = useQueryStates(detailParsers)
  const wanted = useDebounced(search.trim(), 200)
  return api.campaigns.emails.useQuery(
    {
      campaignId,
      pageSize: PAGE_SIZE,
      ...(after ? { after } : before ? { before } : {}),
      ...(status ? { status } : {}),
      ...(step ? { stepNumber: step } : {}),
      ...(wanted ? { search: wanted } : {}),
    },
    { placeholderData: keepPreviousData, refetchInterval: everyMs },
  )
}

/** The email whose id stands in the address, over the list. */
function OpenEmail({ among }: { among: readonly string[] }) {
  const [{ email }, setAddress] = useQueryStates(detailParsers)
  const close = () => setAddress({ email: null })
  return (
    <LaterDialog part={reader} open={email !== null} onOpenChange={close}>
      {({ EmailDialog }) => (
        <EmailDialog id={email} among={among} onChoose={(id) => setAddress({ email: id })} onClose={close} />
      )}
    </LaterDialog>
  )
}

function NoEmails({ campaignId, filtered }: { campaignId: string; filtered: boolean }) {
  return (
    <EmptyState
      icon={MailX}
      title={filtered ? 'No email matches.' : 'Nothing is planned yet.'}
      {...(filtered
        ? { action: <ButtonLink href={routes.campaign(campaignId, { tab: 'emails' })}>Show all</ButtonLink> }
        : {})}
    >
      {filtered ? 'The filters above leave every email out.' : 'Emails are planned when the campaign starts.'}
    </EmptyState>
  )
}
