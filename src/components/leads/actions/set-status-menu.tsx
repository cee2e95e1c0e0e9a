'use client'

import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { formatOf, inNumber } from '@/components/ui/numbers'
import { ConfirmDialog } from '@/components/ui/overlays/confirm-dialog'
import { Menu } from '@/components/ui/overlays/menu'
import { endReasonOf, LEAD_STATUSES, type LeadStatus } from '@/domain/lead/status'
import { LEAD_STATUS } from '../lead-status'
import { useSetLeadStatus } from './use-lead-actions'

/** What people set; the emails set the others. */
export const CHOICES = LEAD_STATUSES.filter((status) => !['contacted', 'follow_up_1', 'follow_up_2'].includes(status))

/** Sets the status of one lead or many. A status that ends their sequences is confirmed first: it skips emails. */
export function SetStatusMenu({
  leads,
  plannedEmails,
  onDone,
}: {
  leads: readonly { id: string; status: LeadStatus }[]
  /** How many emails are planned for them, where that is known; after a reply some campaigns keep theirs. */
  plannedEmails?: number
  onDone?: () => void
}) {
  const { setStatus, pending } = useSetLeadStatus()
  const [asked, setAsked] = useState<LeadStatus | null>(null)
  const choose = (status: LeadStatus) => {
    if (status === 'unsubscribed' || (endReasonOf(status) && plannedEmails !== 0)) setAsked(status)
    else setStatus(leads, status, onDone)
  }
  return (
    <>
      <Menu
        label="Set status"
        align="start"
        trigger={
          <Button pending={pending} icon={ChevronDown} className="flex-row-reverse">
            Set status
          </Button>
        }
        items={CHOICES.map((status) => ({
          label: LEAD_STATUS[status].label,
          icon: LEAD_STATUS[status].icon,
          disabled: leads.every((lead) => lead.status === status),
          onSelect: () => choose(status),
        }))}
      />
      <ConfirmDialog
        open={asked !== null}
        onOpenChange={(open) => !open && setAsked(null)}
        title={`Set ${formatOf(leads.length, 'lead')} to “${asked ? LEAD_STATUS[asked].label : ''}”?`}
        confirmLabel={`Set ${formatOf(leads.length, 'lead')}`}
        pending={pending}
        onConfirm={() => {
          if (!asked) return
          setStatus(leads, asked, onDone)
          setAsked(null)
        }}
      >
        <p>
          {plannedEmails && asked && endReasonOf(asked) === 'lead_unmailable'
            ? `${formatOf(plannedEmails, 'planned email')} to ${inNumber(leads.length, 'this lead', 'these leads')} will be skipped.`
            : 'Whatever is still planned for them, in any campaign, will be skipped.'}{' '}
          {asked && endReasonOf(asked) === 'lead_replied' && 'Campaigns that go on after a reply keep theirs. '}
          {asked === 'unsubscribed' &&
            `${inNumber(leads.length, 'Its address joins', 'Their addresses join')} the suppression list and ${inNumber(leads.length, 'stays', 'stay')} there. `}
          Going back to another status does not plan emails again. What was sent stays recorded.
        </p>
      </ConfirmDialog>
    </>
  )
}
