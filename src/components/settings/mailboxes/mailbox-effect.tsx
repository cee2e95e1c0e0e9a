'use client'

import { EffectCalendars } from '@/components/campaigns/change/effect-calendars'
import { Button } from '@/components/ui/button'
import { type Definition, DefinitionList } from '@/components/ui/data/definition-list'
import { ErrorState } from '@/components/ui/error-state'
import { formatCount, formatOf } from '@/components/ui/numbers'
import { Dialog } from '@/components/ui/overlays/dialog'
import { formatTime } from '@/components/ui/zoned-time'
import type { MailboxInput } from '@/domain/mailbox/mailbox-input'
import type { Mailbox, MailboxPreview } from '../api-types'

/** What the settings would do to emails that wait; they are saved by its button. */
export function MailboxEffect({
  mailbox,
  input,
  effect,
  movedMeanwhile,
  saving,
  error,
  onSave,
  onClose,
}: {
  mailbox: Mailbox
  input: MailboxInput
  effect: MailboxPreview
  /** Other settings were saved since the effect was counted, or emails of other campaigns wait. */
  movedMeanwhile: boolean
  saving: boolean
  error: string | null
  onSave: () => void
  onClose: () => void
}) {
  const moved = effect.campaigns.reduce((sum, campaign) => sum + campaign.moved, 0)
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={formatOf(moved, 'email leaves on another day', 'emails leave on other days')}
      description={`Days are those of ${effect.timezone}. What was sent, is on its way or held stays as it is.`}
      footer={
        <>
          <Button onClick={onClose}>Back to the settings</Button>
          <Button variant="primary" pending={saving} onClick={onSave}>
            Save and move {formatOf(moved, 'email')}
          </Button>
        </>
      }
    >
      {movedMeanwhile && (
        <ErrorState
          title="Settings or campaigns have changed since the effect was counted. This is it now."
          untouched="Nothing was saved."
        />
      )}
      {error && <ErrorState title={error} untouched="Nothing was saved." />}
      <DefinitionList items={effect.campaigns.map((campaign) => lineOf(campaign, effect.timezone))} />
      <EffectCalendars
        days={effect.days}
        mailboxes={{ before: [mailbox], after: [input] }}
        titles={{ after: 'With these settings', before: 'As it is now' }}
      />
    </Dialog>
  )
}

function lineOf(campaign: MailboxPreview['campaigns'][number], zone: string): Definition {
  const { name, emails, moved, lastBefore, lastAfter, isPaused } = campaign
  const [was, is] = [formatTime(lastBefore, zone, 'day'), formatTime(lastAfter, zone, 'day')]
  const last = was === is ? `The last one leaves on ${is}, as now.` : `The last one leaves on ${is} instead of ${was}.`
  const note = isPaused ? `It is paused: as if it went on now. ${last}` : last
  return { term: name, value: `${formatOf(moved, 'email')} of ${formatCount(emails)} that wait`, note }
}
