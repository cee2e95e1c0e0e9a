'use client'

import { keepPreviousData } from '@tanstack/react-query'
import { FileUp, Megaphone, Pencil, Plus, Trash2, UsersRound } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { OwnTimeAgo } from '@/components/time/own-time'
import { Button, ButtonLink } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { Split } from '@/components/ui/layout'
import { formatOf } from '@/components/ui/numbers'
import { Menu } from '@/components/ui/overlays/menu'
import { PageHeader } from '@/components/ui/page-header'
import { Skeleton, SkeletonRows } from '@/components/ui/skeleton'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import type { BatchDetails } from '../api-types'
import { LeadFormDialog } from '../lead/lead-form-dialog'
import { chosenBar } from '../list/chosen-bar'
import { LeadList } from '../list/lead-list'
import { useLeadListAddress } from '../list/list-address'
import { useSelection } from '../list/use-selection'
import { LatestActs } from '../mass/latest-acts'
import { BatchFormDialog } from './batch-form-dialog'
import { BatchHistory } from './batch-history'
import { DeleteBatchDialog } from './delete-batch-dialog'

const CRUMBS = [
  { label: 'Leads', href: routes.leads() },
  { label: 'Batches', href: routes.batches },
]

/** One batch: its leads, the campaign that holds it, and those that used it. */
export function BatchPage({ id }: { id: string }) {
  const list = useLeadListAddress()
  const selection = useSelection(list, id)
  const query = api.batches.get.useQuery({ id, ...list.input }, { placeholderData: keepPreviousData })
  const batch = query.data
  if (query.error && !batch) {
    return (
      <>
        <PageHeader crumbs={CRUMBS} title="Batch" />
        <ErrorState
          title={messageOf(query.error)}
          untouched="Nothing was changed."
          action={
            <>
              <Button onClick={() => query.refetch()}>Try again</Button>
              <ButtonLink href={routes.batches}>All batches</ButtonLink>
            </>
          }
        />
      </>
    )
  }
  if (!batch) {
    return (
      <>
        <h1 className="sr-only">Batch</h1>
        <Skeleton className="mt-6 mb-5 h-7 w-64" />
        <Card>
          <SkeletonRows rows={8} label="Loading the batch" />
        </Card>
      </>
    )
  }
  return (
    <>
      <Head batch={batch} />
      <Split aside={<BatchHistory uses={batch.campaignHistory} />} asideLabel="Campaigns of this batch">
        <div>
          <LatestActs />
          <LeadList
            narrow
            batch={id}
            listHref={(query) => routes.batch(id, query)}
            list={list}
            query={{ data: batch.leads, error: null, stale: query.isPlaceholderData, retry: () => query.refetch() }}
            selection={selection}
            bar={chosenBar(selection, batch.leads, query.isPlaceholderData)}
            empty={
              <EmptyState
                icon={UsersRound}
                title="This batch is empty."
                action={<ButtonLink href={routes.importLeads({ batch: id })}>Import leads into it</ButtonLink>}
              >
                A campaign needs at least one lead to start.
              </EmptyState>
            }
          />
        </div>
      </Split>
    </>
  )
}

function Head({ batch }: { batch: BatchDetails }) {
  const router = useRouter()
  const [dialog, setDialog] = useState<'add' | 'edit' | 'delete' | null>(null)
  const { id, activeCampaign } = batch
  const close = (open: boolean) => !open && setDialog(null)
  return (
    <>
      <PageHeader
        crumbs={CRUMBS}
        title={batch.name}
        sub={
          <>
            {formatOf(batch.leadCount, 'lead')} · made <OwnTimeAgo at={batch.createdAt} everyMs={60_000} />
            {batch.description && ` · ${batch.description}`}
          </>
        }
        actions={
          <>
            <ButtonLink variant="primary" icon={Megaphone} href={routes.newCampaign({ batch: id })} prefetch={false}>
              Create campaign
            </ButtonLink>
            <Menu
              label="More"
              items={[
                { label: 'Import more leads', icon: FileUp, href: routes.importLeads({ batch: id }) },
                { label: 'Add one lead…', icon: Plus, onSelect: () => setDialog('add') },
                { label: 'Edit name…', icon: Pencil, onSelect: () => setDialog('edit') },
                'separator',
                { label: 'Delete batch…', icon: Trash2, tone: 'danger', onSelect: () => setDialog('delete') },
              ]}
            />
          </>
        }
      />
      {activeCampaign && <InUse campaign={activeCampaign} />}
      <LeadFormDialog batchId={id} open={dialog === 'add'} onOpenChange={close} />
      <BatchFormDialog batch={batch} open={dialog === 'edit'} onOpenChange={close} />
      <DeleteBatchDialog
        batch={batch}
        open={dialog === 'delete'}
        onOpenChange={close}
        onDeleted={() => router.push(routes.batches)}
      />
    </>
  )
}

/** The campaign that holds the batch, and what becomes of leads that join it now. */
function InUse({ campaign: { id, name, status, type } }: { campaign: NonNullable<BatchDetails['activeCampaign']> }) {
  const link = 'font-medium text-accent hover:underline'
  return (
    <Callout
      className="mb-4"
      icon={Megaphone}
      title={`In use by “${name}” (${status}).`}
      action={
        <span className="flex flex-wrap gap-x-4 gap-y-1">
          {type === 'outreach' && (
            <Link href={routes.changeCampaign(id)} className={link}>
              Change the campaign
            </Link>
          )}
          <Link href={routes.campaign(id)} className={link}>
            Open campaign
          </Link>
        </span>
      }
    >
      No other campaign can start with this batch until it is over.{' '}
      {type === 'outreach'
        ? 'Leads that you add now join the campaign by a change of it, in which you choose this batch once more.'
        : 'Leads that you add now get its emails with the others, unless these are planned already.'}
    </Callout>
  )
}
