'use client'

import { Clock, FolderPlus, Pencil, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useZone } from '@/components/hooks/use-zone'
import { OwnTime } from '@/components/time/own-time'
import { Button, ButtonLink } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Card } from '@/components/ui/card'
import { useNow } from '@/components/ui/clock'
import { ErrorState } from '@/components/ui/error-state'
import { later } from '@/components/ui/later/later'
import { Split, Stack } from '@/components/ui/layout'
import { LaterDialog } from '@/components/ui/overlays/later-dialog'
import { Menu } from '@/components/ui/overlays/menu'
import { PageHeader } from '@/components/ui/page-header'
import { Skeleton, SkeletonRows } from '@/components/ui/skeleton'
import { Time } from '@/components/ui/time'
import { suppressionInWords } from '@/domain/lead/suppression'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import { SetStatusMenu } from '../actions/set-status-menu'
import type { LeadDetails } from '../api-types'
import { wasEmailedBefore } from '../emailed-before'
import { leadName } from '../lead-name'
import { LeadStatusChip } from '../lead-status'
import { LeadAside } from './lead-aside'
import { LeadTimeline } from './lead-timeline'
import { ReceivedCard } from './received-card'

const edit = later(() => import('./lead-form-dialog'))
const addToBatch = later(() => import('../actions/add-to-batch-dialog'))
const remove = later(() => import('../actions/delete-leads-dialog'))

const CRUMBS = [{ label: 'Leads', href: routes.leads() }]

/** One lead: who it is, where it stands, and every email planned for it or sent to it. */
export function LeadPage({ id }: { id: string }) {
  const lead = api.leads.get.useQuery({ id }, { refetchInterval: 15_000 })
  if (lead.data) return <Loaded lead={lead.data} />
  if (lead.error) {
    return (
      <>
        <PageHeader crumbs={CRUMBS} title="Lead" />
        <ErrorState
          title={messageOf(lead.error)}
          untouched="Nothing was changed."
          action={
            <>
              <Button onClick={() => lead.refetch()}>Try again</Button>
              <ButtonLink href={routes.leads()}>All leads</ButtonLink>
            </>
          }
        />
      </>
    )
  }
  return (
    <>
      <h1 className="sr-only">Lead</h1>
      <Skeleton className="mt-6 mb-5 h-7 w-64" />
      <Split aside={<Skeleton className="h-72 rounded-card" />}>
        <Card>
          <SkeletonRows rows={4} label="Loading the lead" />
        </Card>
      </Split>
    </>
  )
}

function Loaded({ lead }: { lead: LeadDetails }) {
  const router = useRouter()
  const [dialog, setDialog] = useState<'edit' | 'batch' | 'delete' | null>(null)
  const name = leadName(lead)
  const planned = lead.timeline.filter(({ status }) => status === 'pending').length
  const close = (open: boolean) => !open && setDialog(null)
  const sub = [lead.jobTitle, lead.contactName ? lead.companyName : null, lead.email === name ? null : lead.email]
  return (
    <>
      <PageHeader
        crumbs={CRUMBS}
        title={name}
        status={<LeadStatusChip status={lead.status} />}
        sub={sub.filter(Boolean).join(' · ')}
        actions={
          <>
            <SetStatusMenu leads={[lead]} plannedEmails={planned} />
            <Button icon={Pencil} onClick={() => setDialog('edit')}>
              Edit
            </Button>
            <Menu
              label="More"
              items={[
                { label: 'Add to batch…', icon: FolderPlus, onSelect: () => setDialog('batch') },
                'separator',
                { label: 'Delete lead…', icon: Trash2, tone: 'danger', onSelect: () => setDialog('delete') },
              ]}
            />
          </>
        }
      />
      {lead.suppressed && (
        <Callout tone="held" className="mb-4" title="No email goes to this lead.">
          On the suppression list: {suppressionInWords(lead.suppressed)}.
        </Callout>
      )}
      <AwayCallout lead={lead} />
      {wasEmailedBefore(lead) && (
        <Callout className="mb-4" title="This address was emailed before.">
          The last email went out on <OwnTime at={lead.lastContactedAt} />, to a lead that was deleted since. It counts
          for the 24 hours between two emails.
        </Callout>
      )}
      <Split asideLabel="About this lead" aside={<LeadAside lead={lead} />}>
        <Stack>
          <ReceivedCard messages={lead.messages} />
          <LeadTimeline emails={lead.timeline} />
        </Stack>
      </Split>
      <LaterDialog part={edit} open={dialog === 'edit'} onOpenChange={close}>
        {({ LeadFormDialog }) => <LeadFormDialog lead={lead} open={dialog === 'edit'} onOpenChange={close} />}
      </LaterDialog>
      <LaterDialog part={addToBatch} open={dialog === 'batch'} onOpenChange={close}>
        {({ AddToBatchDialog }) => <AddToBatchDialog ids={[lead.id]} open={dialog === 'batch'} onOpenChange={close} />}
      </LaterDialog>
      <LaterDialog part={remove} open={dialog === 'delete'} onOpenChange={close}>
        {({ DeleteLeadsDialog }) => (
          <DeleteLeadsDialog
            ids={[lead.id]}
            name={name}
            open={dialog === 'delete'}
            onOpenChange={close}
            onDeleted={() => router.push(routes.leads())}
          />
        )}
      </LaterDialog>
    </>
  )
}

/** Until when a lead is away, while that is still to come, in the zone of the mailbox that the notice came to. */
function AwayCallout({ lead: { awayUntil, messages } }: { lead: LeadDetails }) {
  const now = useNow(60_000)
  const zone = useZone()
  if (!awayUntil || !now || awayUntil <= now) return null
  const notice = messages.find(({ kind }) => kind === 'out_of_office')
  return (
    <Callout
      tone="held"
      icon={Clock}
      className="mb-4"
      title={
        <>
          Away until <Time at={awayUntil} zone={notice?.mailbox.timezone ?? zone} />.
        </>
      }
    >
      No email goes to this lead before then; what is planned goes on after it.
    </Callout>
  )
}
